# cython: language_level=3
cimport cython
from bot.index.pools cimport Lists
from bot.index.vocabulary cimport Vocabulary

cdef int BEST, CANDIDATES, EQUAL, INITIAL, JOINED, JOINT, KNOWN, MORE, NICKNAME, PAIR, PART, PLACES, REORDERED, TITLED, TYPO, WORDS, BUDGET, SOUND, BEGINNING
cdef double UNKNOWN, UNASKED, TIER

cdef class Engine:
    cdef public Vocabulary vocabulary
    cdef public int names, entities, settled
    cdef int stamp, asked, candidates, tops, best, flags, key_mask
    cdef public bint live
    cdef int[::1] words, begin, owner, first, key_heads, key_next, join_heads, join_next, seen, lo, hi, word, sorted
    cdef int[::1] mark, candidate, top_name, prominent
    cdef float[::1] weight, unmatched, mark_score, gain, likeness
    cdef unsigned char[::1] kind, alive, mark_word, mark_how, manner, taken, given, sort
    cdef unsigned long long[::1] bone
    cdef Lists postings
    cdef double[::1] top_score
    cdef double got, whole
    cdef public double unasked, known, power
    cdef public int common

    @cython.locals(entity=cython.int, room=cython.int)
    cpdef int push_entity(self, double weight, int kind) noexcept
    @cython.locals(name=cython.int, room=cython.int, place=cython.int, length=cython.int, lo=cython.int, taken=cython.int, i=cython.int)
    cpdef int push_name(self, bytes folded) noexcept
    @cython.locals(length=cython.int, i=cython.int)
    cdef int write(self, bytes folded) noexcept
    @cython.locals(size=cython.int, name=cython.int, i=cython.int, entity=cython.int, word=cython.int)
    cpdef void settle(self, object order) noexcept
    @cython.locals(count=cython.int, room=cython.int)
    cdef void widen_words(self) noexcept
    @cython.locals(start=cython.int, end=cython.int, i=cython.int, k=cython.int, word=cython.int, again=cython.bint)
    cdef void post(self, int name, bint append) noexcept
    @cython.locals(start=cython.int, count=cython.int, i=cython.int, slot=cython.int, value=cython.ulonglong)
    cdef void key(self, int name) noexcept
    @cython.locals(i=cython.int)
    cdef unsigned long long letters_of(self, int word, unsigned long long value) noexcept
    @cython.locals(value=cython.ulonglong, i=cython.int, k=cython.int, word=cython.int)
    cdef int key_of(self, int count) noexcept
    @cython.locals(before=cython.bint)
    cpdef bint bury(self, int entity) noexcept
    cpdef bint is_alive(self, int entity) noexcept
    cpdef int owner_of(self, int name) noexcept
    cpdef int first_of(self, int entity) noexcept
    @cython.locals(word=cython.int, start=cython.int, k=cython.int, owner=cython.int)
    cpdef list posted(self, int limit, int kind)
    @cython.locals(length=cython.int, vocabulary=Vocabulary, lo=cython.int, asked=cython.int, i=cython.int, ends=cython.bint)
    cpdef int ask(self, bytes folded) noexcept
    @cython.locals(count=cython.int, i=cython.int, name=cython.int)
    cpdef list written(self, int start, int end)
    @cython.locals(place=cython.int, ordered=cython.bint, i=cython.int, k=cython.int)
    cdef tuple made_of(self, int name, int start, int count)
    @cython.locals(value=cython.ulonglong, length=cython.int, i=cython.int, k=cython.int, name=cython.int)
    cpdef list joined(self)
    @cython.locals(at=cython.int, i=cython.int, k=cython.int)
    cdef bint spells(self, int name, int length) noexcept
    @cython.locals(i=cython.int, budget=cython.int, word=cython.int, start=cython.int, size=cython.int, k=cython.int, score=cython.double)
    cpdef list nearly(self, int wanted, int kind, bint wide)
    @cython.locals(start=cython.int, k=cython.int)
    cdef void visit(self, int word, int most, int kind) noexcept
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
    @cython.locals(rarest=cython.int, least=cython.int, i=cython.int, whole=cython.bint, cost=cython.int)
    cpdef list going_on(self, int wanted, int kind, bint ends)
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, settled=cython.int)
    cdef int width(self, int i) noexcept
    @cython.locals(vocabulary=Vocabulary, lo=cython.int, hi=cython.int, place=cython.int)
    cdef void range_of(self, int i, int kind) noexcept
    @cython.locals(start=cython.int, k=cython.int, name=cython.int, owner=cython.int, full=cython.bint)
    cdef void walk(self, int word, int kind) noexcept
    @cython.locals(entity=cython.int, name=cython.int, i=cython.int)
    cdef void stroll(self, int kind) noexcept
    @cython.locals(owner=cython.int, start=cython.int, count=cython.int, in_order=cython.bint, i=cython.int, k=cython.int, tier=cython.double, used=cython.uint)
    cdef void offer(self, int name, int kind) noexcept
    cdef bint goes_on(self, int i, int word) noexcept
