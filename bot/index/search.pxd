cimport cython
from bot.index.alignment cimport Alignment
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef int _EQUAL, _JOINED, _NICKNAME, _TYPO, _SOUND, _REORDERED, _TITLE
cdef int _MOST_FOUND, _MOST_COUNTED, _ALIGNED, _MOST_WAYS, _BESIDE, _LONG, _FEW
cdef double _ENOUGH

cdef class Search:
    cdef Names names
    cdef public Alignment query
    cdef public int[:] found
    cdef public double[:] scores
    cdef public int[:] hows
    cdef public int count
    cdef int limit
    cdef int kind
    cdef unsigned short[:] tally
    cdef int[:] touched
    cdef int touches
    cdef int[:] ways
    cdef double[:] worths
    cdef int[:] sizes
    cdef int way_count
    cdef int most
    cdef double full
    cdef double heaviest
    cdef int[:] levels
    cdef int[:] bag
    cpdef int find(self, bytes folded, list known_as, int limit, int kind) except -1
    cpdef list answer(self)
    cdef int _by_words(self, int many) noexcept
    cdef int _with_bag(self, int size, double score, int how) noexcept
    cdef int _same_words(self, int name, int size) noexcept
    cdef void _by_letters(self, int many) noexcept
    cdef int _add_beside(self, int name) noexcept
    cdef void _beside(self) noexcept
    cdef _by_parts(self, list known_as)
    cdef void _way_apart(self, int i, int first, int cut) noexcept
    cdef void _ways_together(self, int i) noexcept
    cdef void _ways_of(self, int i) noexcept
    @cython.locals(i=int, word=int)
    cdef _nicknames(self, list known_as)
    cdef void _way(self, int word, double alike, int i) noexcept
    cdef void _count_names(self) noexcept
    cdef void _count(self, int word, int worth) noexcept
    cdef void _touch(self, int name, int worth) noexcept
    cdef void _align_best(self) noexcept
    cdef int _level(self, int name) noexcept
    cdef bint _wanted(self, int name) noexcept
    cdef bint _holds(self, int name) noexcept
    cdef void _keep(self, int name, double score, int how) noexcept
    cdef bint _better(self, double score, int owner, int place) noexcept
    cdef void _drop(self, int place) noexcept
