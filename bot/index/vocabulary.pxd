# cython: language_level=3
cimport cython
from bot.index.letters cimport Letters
from bot.index.pools cimport Lists

cdef int FRESH
cdef int LONGEST
cdef unsigned long long MASK, MASK32

cdef class Vocabulary(Letters):
    cdef unsigned char[::1] kinds, shared
    cdef int[::1] slots, order, fresh, touched
    cdef unsigned long long[::1] bones
    cdef float[::1] weights
    cdef public int count
    cdef int slot_mask, ordered, freshly, near_mask, gram_mask
    cdef public bint live
    cdef double names
    cdef Lists near, grams

    @cython.locals(place=cython.int, word=cython.int)
    cdef int find(self, int lo, int hi) noexcept
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
    @cython.locals(low=cython.int, high=cython.int, middle=cython.int, word=cython.int, smaller=cython.bint)
    cdef int first_from(self, int lo, int hi, bint fresh, bint above) noexcept
    @cython.locals(prior=cython.double, weight=cython.double)
    cpdef void weigh(self, int word, int occurrences) noexcept
    @cython.locals(found=cython.int, i=cython.int)
    cdef int spellings(self, int lo, int hi, bint wide) noexcept
    @cython.locals(start=cython.int, i=cython.int, word=cython.int)
    cdef int collect(self, Lists lists, int key, int found, int mark) noexcept
    @cython.locals(budget=cython.int, i=cython.int, key=cython.int, start=cython.int, size=cython.int, k=cython.int, word=cython.int, enough=cython.int, kept=cython.int, length=cython.int, gap=cython.int)
    cdef int sharing(self, int lo, int hi, int found) noexcept
