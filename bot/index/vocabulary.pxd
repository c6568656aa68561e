cimport cython
from bot.index.letters cimport Letters

cdef unsigned long _FNV, _PRIME, _MASK, _SKELETON
cdef int _SHORTENED, _TWICE, _MOST_NEAR, _MOST_TRIED

cdef class Vocabulary:
    cdef Letters letters
    cdef public int count
    cdef public int settled
    cdef unsigned char[:] blob
    cdef unsigned char[:] drops
    cdef int[:] starts
    cdef unsigned int[:] masks
    cdef unsigned int[:] skeletons
    cdef int[:] slots
    cdef int[:] heads
    cdef int[:] filed
    cdef int[:] order
    cdef int[:] ranks
    cdef int[:] seen
    cdef int turn
    cdef unsigned long long[:] places
    cdef int[:] near
    cdef int[:] costs
    cdef unsigned char[:] sounds
    cpdef int length(self, int word) noexcept
    cdef bint _is(self, int word, unsigned char[:] text, int start, int length) noexcept
    cdef Py_ssize_t _slot(self, unsigned char[:] text, int start, int length) noexcept
    cpdef int number(self, unsigned char[:] text, int start, int length) noexcept
    cpdef int learn(self, unsigned char[:] text, int start, int length) except -1
    cpdef _widen(self)
    cdef unsigned int mask_of(self, unsigned char[:] text, int start, int length) noexcept
    cpdef settle(self, int[:] frequency)
    cdef void _file(self, int word, bint write) noexcept
    cdef void _put(self, unsigned int key, int word, bint write) noexcept
    cdef unsigned int _key(self, unsigned char[:] text, int start, int cut, int i, int j) noexcept
    cdef unsigned int _sound(self, unsigned int skeleton) noexcept
    cpdef int neighbours(self, unsigned char[:] text, unsigned char[:] drops, int start, int length) noexcept
    @cython.locals(alike=cython.bint, limit=int, longer=int)
    cdef int _weigh(self, int word, unsigned char[:] text, int start, int length, unsigned char[:] drops, unsigned int mask, unsigned int bones, int many, int found) noexcept
    cdef int _keep(self, int word, int cost, bint alike, int found) noexcept
    cdef bint _before(self, int one, int other) noexcept
    cpdef _alphabetise(self)
    cdef void _merge(self, int[:] order, int[:] target, int width) noexcept
    cpdef bint begins(self, int word, unsigned char[:] text, int start, int length) noexcept
    cpdef int rank_from(self, unsigned char[:] text, int start, int length, bint past) noexcept
    cdef bint _sorts_before(self, int word, unsigned char[:] text, int start, int length, bint past) noexcept
    cdef int differing(self, unsigned int mask, int word) noexcept
    cdef int distance(self, unsigned char[:] text, unsigned char[:] drops, int start, int length, int word, int limit) noexcept
