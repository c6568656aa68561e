# cython: language_level=3
cimport cython

cdef int BEGINNING, EQUAL, INITIAL, ROWS, SCRATCH, SOUND, TYPO
cdef unsigned long long MASK, MASK32

cdef class Letters:
    cdef unsigned char[::1] letters, sounds
    cdef int[::1] begin
    cdef unsigned long long[::1] patterns
    cdef int how

    @cython.locals(value=cython.ulonglong, i=cython.int)
    cdef unsigned long long hash(self, int lo, int hi, int without) noexcept
    @cython.locals(i=cython.int)
    cdef bint same(self, int lo, int hi, int lo2, int hi2) noexcept
    @cython.locals(value=cython.ulonglong, before=cython.int, taken=cython.int, i=cython.int, letter=cython.int, after=cython.int, sound=cython.int)
    cdef unsigned long long skeleton(self, int lo, int hi) noexcept
    @cython.locals(i=cython.int, one=cython.ulonglong)
    cdef void pattern(self, int row, int lo, int hi) noexcept
    @cython.locals(up=cython.ulonglong, down=cython.ulonglong, diagonal=cython.ulonglong, earlier=cython.ulonglong, result=cython.int, last=cython.ulonglong, i=cython.int, match=cython.ulonglong, swap=cython.ulonglong, plus=cython.ulonglong, minus=cython.ulonglong)
    cdef int distance(self, int row, int length, int lo, int hi) noexcept
    @cython.locals(length=cython.int, other=cython.int, longest=cython.int, gap=cython.int, start=cython.double, i=cython.int, distance=cython.int, cost=cython.double, score=cython.double)
    cdef double alike(self, int row, int lo, int hi, unsigned long long bone, int lo2, int hi2, unsigned long long bone2) noexcept
    @cython.locals(i=cython.int)
    cdef double beginning(self, int lo, int lo2, int shorter, int longest) noexcept
    @cython.locals(start=cython.int, length=cython.int, i=cython.int)
    cdef int compare(self, int word, int lo, int hi) noexcept
    @cython.locals(start=cython.int, i=cython.int)
    cdef bint begins(self, int word, int lo, int hi) noexcept
    cdef bint before(self, int word, int other) noexcept
