cimport cython
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef int _MOST_FOUND, _BLOCK, _NONE, _LETTERS, _MOST_TYPED, _CORRECTIONS

@cython.final
cdef class Completing:
    cdef Names names
    cdef int[::1] best
    cdef int[::1] blocks
    cdef int found[129]
    cdef int tiers[129]
    cdef int count
    cdef int limit
    cdef int kind
    cdef int many
    cdef int typed[8]
    cdef int low
    cdef int high
    cdef int heads[129]
    cdef int lists[129]
    cdef unsigned char letters[64]
    cpdef settle(self)
    cpdef list find(self, bytes folded, int limit, int kind)
    cdef void _all(self, int many) noexcept
    cdef void _range(self, unsigned char* text, int start, int length) noexcept
    cdef void _one(self) noexcept
    cdef int _take(self, int rank, int many, int wanted) noexcept
    cdef void _several(self) noexcept
    cdef void _through(self, int word) noexcept
    cdef int _tier(self, int name) noexcept
    cdef bint _has(self, int word, int start, int end) noexcept
    cdef bint _was_typed(self, int word) noexcept
    cdef bint _goes_on(self, int word) noexcept
    cdef void _keep(self, int name, int tier) noexcept
    cdef bint _before(self, int name, int tier, int place) noexcept
    cdef void _forgive(self) noexcept
    cdef void _forgive_last(self, int start, int size) noexcept
    cdef void _again(self) noexcept
