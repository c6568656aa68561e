# cython: language_level=3
cimport cython
from bot.index.pools cimport Lists

cdef int BEGINNING, EQUAL, FRESH, INITIAL, ROWS, SCRATCH, SOUND, TYPO, LONGEST
cdef unsigned long long MASK, MASK32

cdef class Vocabulary:
    cdef unsigned char[::1] letters, kinds, shared, sounds
    cdef int[::1] begin, slots, order, fresh, touched
    cdef unsigned long long[::1] bones, patterns
    cdef float[::1] weights
    cdef public int count
    cdef int slot_mask, ordered, freshly, near_mask, gram_mask, how
    cdef public bint live
    cdef double names
    cdef Lists near, grams

    @cython.locals(value=cython.ulonglong, i=cython.int)
    cdef unsigned long long hash(self, int lo, int hi, int without) noexcept
    @cython.locals(place=cython.int, word=cython.int)
    cdef int find(self, int lo, int hi) noexcept
    @cython.locals(i=cython.int)
    cdef bint same(self, int lo, int hi, int lo2, int hi2) noexcept
    @cython.locals(word=cython.int)
    cdef int intern(self, int lo, int hi) noexcept
    @cython.locals(word=cython.int, start=cython.int, length=cython.int, i=cython.int)
    cdef int create(self, int lo, int hi) noexcept
    cdef void widen(self, int room) noexcept
    @cython.locals(place=cython.int)
    cdef void place(self, int word) noexcept
    @cython.locals(word=cython.int)
    cdef void rehash(self) noexcept
    cpdef bytes text(self, int word)
    @cython.locals(value=cython.ulonglong, before=cython.int, taken=cython.int, i=cython.int, letter=cython.int, after=cython.int, sound=cython.int)
    cdef unsigned long long skeleton(self, int lo, int hi) noexcept
    @cython.locals(size=cython.int, room=cython.int, word=cython.int)
    cpdef void settle(self, int names) noexcept
    @cython.locals(lo=cython.int, hi=cython.int, i=cython.int)
    cdef void link(self, int word, bint append) noexcept
    cdef void put(self, Lists lists, int key, int word, bint append) noexcept
    @cython.locals(mixed=cython.ulonglong)
    cdef int bone_key(self, unsigned long long bone) noexcept
    @cython.locals(first=cython.ulonglong, last=cython.ulonglong, value=cython.ulonglong)
    cdef int gram(self, int lo, int hi, int i) noexcept
    @cython.locals(place=cython.int)
    cdef void enter(self, int word) noexcept
    @cython.locals(order=cython.int[::1], i=cython.int, j=cython.int, k=cython.int)
    cdef void merge(self) noexcept
    cdef bint before(self, int word, int other) noexcept
    @cython.locals(start=cython.int, length=cython.int, i=cython.int)
    cdef int compare(self, int word, int lo, int hi) noexcept
    @cython.locals(low=cython.int, high=cython.int, middle=cython.int, word=cython.int, smaller=cython.bint)
    cdef int first_from(self, int lo, int hi, bint fresh, bint above) noexcept
    @cython.locals(start=cython.int, i=cython.int)
    cdef bint begins(self, int word, int lo, int hi) noexcept
    @cython.locals(prior=cython.double, weight=cython.double)
    cpdef void weigh(self, int word, int occurrences) noexcept
    @cython.locals(i=cython.int, one=cython.ulonglong)
    cdef void pattern(self, int row, int lo, int hi) noexcept
    @cython.locals(up=cython.ulonglong, down=cython.ulonglong, diagonal=cython.ulonglong, earlier=cython.ulonglong, result=cython.int, last=cython.ulonglong, i=cython.int, match=cython.ulonglong, swap=cython.ulonglong, plus=cython.ulonglong, minus=cython.ulonglong)
    cdef int distance(self, int row, int length, int lo, int hi) noexcept
    @cython.locals(length=cython.int, other=cython.int, longest=cython.int, gap=cython.int, start=cython.double, i=cython.int, distance=cython.int, cost=cython.double, score=cython.double)
    cdef double alike(self, int row, int lo, int hi, unsigned long long bone, int lo2, int hi2, unsigned long long bone2) noexcept
    @cython.locals(found=cython.int, i=cython.int)
    cdef int spellings(self, int lo, int hi, bint wide) noexcept
    @cython.locals(start=cython.int, i=cython.int, word=cython.int)
    cdef int collect(self, Lists lists, int key, int found, int mark) noexcept
    @cython.locals(budget=cython.int, i=cython.int, key=cython.int, start=cython.int, size=cython.int, k=cython.int, word=cython.int, enough=cython.int, kept=cython.int)
    cdef int sharing(self, int lo, int hi, int found) noexcept
