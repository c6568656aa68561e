# cython: language_level=3
cimport cython
from bot.index.alignment cimport Alignment
from bot.index.vocabulary cimport Vocabulary

cdef int BEST, CANDIDATES, EQUAL, JOINED, JOINT, NICKNAME
cdef int BUDGET, NARROW_BUDGET, WIDE_BUDGET
cdef double UNKNOWN, TIER, SURE

cdef class Engine(Alignment):
    cdef int candidates, tops, best
    cdef unsigned int initials, firsts
    cdef int[::1] candidate, candidate_of, top_name
    cdef float[::1] gain
    cdef double[::1] top_score

    @cython.locals(i=cython.int, letter=cython.int, score=cython.double)
    cpdef list nearly(self, int wanted, int kind, bint wide)
    @cython.locals(first=cython.int, second=cython.int, budget=cython.int, i=cython.int, sure=cython.bint)
    cdef void look(self, int kind, bint wide) noexcept
    @cython.locals(chosen=cython.int, least=cython.int, i=cython.int, mass=cython.int, k=cython.int)
    cdef int rarest(self, int other) noexcept
    @cython.locals(start=cython.int, letter=cython.uint)
    cdef bint abbreviates(self, int word) noexcept
    @cython.locals(start=cython.int, k=cython.int, size=cython.int)
    cdef int visit(self, int word, int most, int kind) noexcept
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, word=cython.int, found=cython.int, k=cython.int, other=cython.int, start=cython.int, score=cython.double)
    cdef void spell(self, int i, bint wide) noexcept
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, length=cython.int, word=cython.int, other=cython.int, middle=cython.int)
    cdef void spaces(self, int i) noexcept
    @cython.locals(form=bytes, length=cython.int, k=cython.int, word=cython.int)
    cdef void relate(self, int i, tuple related) noexcept
    @cython.locals(fresh=cython.bint, gain=cython.double, place=cython.int)
    cdef void propose(self, int i, int word, double score, int how) noexcept
    @cython.locals(owner=cython.int, got=cython.double, whole=cython.double, used=cython.int, i=cython.int, word=cython.int, weight=cython.double, unasked=cython.double)
    cdef void consider(self, int name, int kind) noexcept
    @cython.locals(place=cython.int)
    cdef void keep(self, int name, double score) noexcept
    @cython.locals(rarest=cython.int, least=cython.int, i=cython.int, whole=cython.bint, cost=cython.int)
    cpdef list going_on(self, int wanted, int kind, bint ends)
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, settled=cython.int)
    cdef int width(self, int i) noexcept
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, place=cython.int)
    cdef void range_of(self, int i, int kind) noexcept
    @cython.locals(start=cython.int, k=cython.int, name=cython.int, owner=cython.int)
    cdef void walk(self, int word, int kind) noexcept
    @cython.locals(entity=cython.int, name=cython.int, i=cython.int)
    cdef void stroll(self, int kind) noexcept
    @cython.locals(owner=cython.int, start=cython.int, count=cython.int, in_order=cython.bint, i=cython.int, k=cython.int, tier=cython.double, used=cython.uint)
    cdef void offer(self, int name, int kind) noexcept
    cdef bint goes_on(self, int i, int word) noexcept
