# cython: language_level=3
cimport cython
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef int BEGINNING, EQUAL, INITIAL, JOINED, JOINT, KNOWN, LEGAL, LEGAL_KIND, MORE, PAIR, PART, PLACES, REORDERED, SOUND, TITLED, TYPO, WORDS

cdef double MIDDLE

cdef class Alignment(Names):
    cdef int flags
    cdef float[::1] unmatched, likeness
    cdef unsigned char[::1] manner, given, sort
    cdef unsigned long long[::1] bone
    cdef double got, whole
    cdef public double unasked, known

    @cython.locals(start=cython.int, count=cython.int, k=cython.int, i=cython.int, last=cython.int, at=cython.int, weight=cython.double, likeness=cython.double)
    cdef double align(self, int name) noexcept
    @cython.locals(most=cython.double, at=cython.int, i=cython.int, k=cython.int, value=cython.double)
    cdef int closest(self, int start, int count, int last) noexcept
    @cython.locals(i=cython.int, k=cython.int, word=cython.int, unasked=cython.double)
    cdef void leftover(self, int start, int count) noexcept
    @cython.locals(vocabulary=Vocabulary, at=cython.int, start=cython.int, end=cython.int)
    cdef void compare(self, int i, int k, int word) noexcept
    @cython.locals(vocabulary=Vocabulary, i=cython.int, k=cython.int, first=cython.int, middle=cython.int, second=cython.int, end=cython.int, gap=cython.int, length=cython.int, bone=cython.ulonglong, other=cython.ulonglong, score=cython.double)
    cdef void join(self, int start, int count) noexcept
    cdef bint better(self, double score, int i, int k, int j, int m) noexcept
    @cython.locals(m=cython.int, weight=cython.double)
    cdef void match(self, double score, int start, int k, int last) noexcept
    @cython.locals(vocabulary=Vocabulary, length=cython.int, i=cython.int)
    cdef int pair(self, int first, int middle, int second, int end) noexcept
