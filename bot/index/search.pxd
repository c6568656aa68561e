cimport cython
from bot.index.alignment cimport Alignment
from bot.index.gathering cimport Gathering
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef int _EQUAL, _JOINED, _REORDERED, _TITLE
cdef int _MOST_FOUND, _ALIGNED, _BESIDE, _MOST_TRIED, _LONGEST_JOINED
cdef double _HEARD, _DOUBTED, _ONLY_INITIALS

@cython.final
cdef class Search:
    cdef Names names
    cdef dict related
    cdef public Alignment query
    cdef int found[257]
    cdef double scores[257]
    cdef int hows[257]
    cdef public int count
    cdef int limit
    cdef int kind
    cdef Gathering gathering
    cdef int bag[256]
    cpdef int find(self, bytes folded, int limit, int kind) except -1
    cpdef list answer(self)
    cdef int _by_words(self, int many) noexcept
    @cython.locals(total=cython.ulong)
    cdef int _with_bag(self, int size, double score, int how) noexcept
    cdef int _same_words(self, int name, int size) noexcept
    @cython.locals(value=cython.uint, at=int, name=int, total=int, tried=int, whole=int, doubt=double)
    cdef void _by_letters(self, int many) noexcept
    cdef int _add_beside(self, int name) noexcept
    cdef void _beside(self) noexcept
    cdef _by_parts(self, bytes folded)
    cdef void _way_apart(self, int i, int first, int cut) noexcept
    cdef void _ways_together(self, int i) noexcept
    cdef void _near_ways(self, int i) noexcept
    @cython.locals(i=int, word=int)
    cdef _nicknames(self, bytes folded)
    @cython.locals(pool="int*", score=double)
    cdef void _align_best(self) noexcept
    cdef bint _holds(self, int name) noexcept
    cdef void _keep(self, int name, double score, int how) noexcept
    cdef bint _better(self, double score, int owner, int place) noexcept
    cdef void _drop(self, int place) noexcept
