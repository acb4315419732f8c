/*
 * See ordering.h. Approximate minimum degree on the quotient graph (Amestoy, Davis and Duff, SIAM J.
 * Matrix Anal. Appl. 17(4), 1996), with element absorption and mass elimination, without
 * supervariables. Among nodes of equal degree the one that entered last is taken.
 */
#include "ordering.h"

#include <string.h>

#include "memory.h"

enum { NONE = -1, FIRST_CAPACITY = 4 };

/* A list that grows. */
typedef struct {
  int32_t *items;
  int32_t count;
  int32_t capacity;
} list;

typedef struct {
  int32_t n;
  /* Neighbours of each node that is not eliminated: plain nodes, and elements (eliminated nodes
   * whose clique stands for the fill they caused). */
  list *nodes;
  list *elements;
  list *members;          /* of each element; without items where it is none, or absorbed */
  unsigned char *is_element;
  unsigned char *eliminated;
  int32_t *degree;
  int32_t *bucket_head;
  int32_t *next;
  int32_t *previous;
  int32_t *mark;
  int32_t *outside; /* |Le \ Lp| of element e, valid where outside_stamp is current */
  int32_t *outside_stamp;
  int32_t stamp;
} graph;

static int append(list *to, int32_t item) {
  if (to->count == to->capacity) {
    int32_t capacity = to->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * to->capacity;
    int32_t *items = realloc(to->items, (size_t)capacity * sizeof(int32_t));
    if (items == NULL) {
      return 0;
    }
    to->items = items;
    to->capacity = capacity;
  }
  to->items[to->count++] = item;
  return 1;
}

static void clear(list *of) {
  free(of->items);
  memset(of, 0, sizeof(list));
}

static void free_lists(list *lists, int32_t n) {
  for (int32_t i = 0; lists != NULL && i < n; i++) {
    free(lists[i].items);
  }
  free(lists);
}

static void free_graph(graph *g) {
  free_lists(g->nodes, g->n);
  free_lists(g->elements, g->n);
  free_lists(g->members, g->n);
  free(g->is_element);
  free(g->eliminated);
  free(g->degree);
  free(g->bucket_head);
  free(g->next);
  free(g->previous);
  free(g->mark);
  free(g->outside);
  free(g->outside_stamp);
}

static void insert(graph *g, int32_t i) {
  int32_t bucket = g->degree[i];
  g->next[i] = g->bucket_head[bucket];
  g->previous[i] = NONE;
  if (g->next[i] != NONE) {
    g->previous[g->next[i]] = i;
  }
  g->bucket_head[bucket] = i;
}

static void take_out(graph *g, int32_t i) {
  if (g->previous[i] != NONE) {
    g->next[g->previous[i]] = g->next[i];
  } else {
    g->bucket_head[g->degree[i]] = g->next[i];
  }
  if (g->next[i] != NONE) {
    g->previous[g->next[i]] = g->previous[i];
  }
}

static int build_graph(graph *g, int32_t n, const int32_t *pointers, const int32_t *rows) {
  memset(g, 0, sizeof(graph));
  g->n = n;
  g->nodes = qp_new(n, sizeof(list));
  g->elements = qp_new(n, sizeof(list));
  g->members = qp_new(n, sizeof(list));
  g->is_element = qp_new_flags(n);
  g->eliminated = qp_new_flags(n);
  g->degree = qp_new_indices(n);
  g->bucket_head = qp_new_indices((int64_t)n + 1);
  g->next = qp_new_indices(n);
  g->previous = qp_new_indices(n);
  g->mark = qp_new_indices(n);
  g->outside = qp_new_indices(n);
  g->outside_stamp = qp_new_indices(n);
  if (!g->nodes || !g->elements || !g->members || !g->is_element || !g->eliminated || !g->degree ||
      !g->bucket_head || !g->next || !g->previous || !g->mark || !g->outside ||
      !g->outside_stamp) {
    return 0;
  }
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int32_t i = rows[k];
      if (i != j) {
        if (!append(&g->nodes[i], j) || !append(&g->nodes[j], i)) {
          return 0;
        }
        g->degree[i]++;
        g->degree[j]++;
      }
    }
  }
  for (int32_t i = 0; i <= n; i++) {
    g->bucket_head[i] = NONE;
  }
  for (int32_t i = n - 1; i >= 0; i--) {
    insert(g, i);
  }
  return 1;
}

/* Adds a node to the clique unless it is there or gone. */
static int join(graph *g, list *clique, int32_t i) {
  if (g->eliminated[i] || g->mark[i] == g->stamp) {
    return 1;
  }
  g->mark[i] = g->stamp;
  return append(clique, i);
}

/* The clique of the pivot's elimination; the elements it covers are absorbed. */
static int form_element(graph *g, int32_t pivot, list *clique) {
  g->stamp++;
  g->mark[pivot] = g->stamp;
  for (int32_t k = 0; k < g->nodes[pivot].count; k++) {
    if (!join(g, clique, g->nodes[pivot].items[k])) {
      return 0;
    }
  }
  for (int32_t k = 0; k < g->elements[pivot].count; k++) {
    int32_t element = g->elements[pivot].items[k];
    for (int32_t r = 0; r < g->members[element].count; r++) {
      if (!join(g, clique, g->members[element].items[r])) {
        return 0;
      }
    }
    clear(&g->members[element]);
    g->is_element[element] = 0;
  }
  clear(&g->nodes[pivot]);
  clear(&g->elements[pivot]);
  return 1;
}

/* For each element that meets the clique, how many of its members lie outside it. */
static void measure_overlap(graph *g, const list *clique) {
  for (int32_t c = 0; c < clique->count; c++) {
    const list *around = &g->elements[clique->items[c]];
    for (int32_t k = 0; k < around->count; k++) {
      int32_t element = around->items[k];
      if (!g->is_element[element]) {
        continue;
      }
      if (g->outside_stamp[element] != g->stamp) {
        list *of = &g->members[element];
        int32_t alive = 0;
        for (int32_t r = 0; r < of->count; r++) {
          if (!g->eliminated[of->items[r]]) {
            of->items[alive++] = of->items[r];
          }
        }
        of->count = alive;
        g->outside_stamp[element] = g->stamp;
        g->outside[element] = alive;
      }
      g->outside[element]--;
    }
  }
}

/* Drops what the new element covers from the neighbours of a member of it. */
static void prune(graph *g, int32_t i) {
  list *of = &g->nodes[i];
  int32_t kept = 0;
  for (int32_t k = 0; k < of->count; k++) {
    int32_t j = of->items[k];
    if (!g->eliminated[j] && g->mark[j] != g->stamp) {
      of->items[kept++] = j;
    }
  }
  of->count = kept;
  of = &g->elements[i];
  kept = 0;
  for (int32_t k = 0; k < of->count; k++) {
    int32_t element = of->items[k];
    int within = g->outside_stamp[element] == g->stamp && g->outside[element] == 0;
    if (g->is_element[element] && !within) {
      of->items[kept++] = element;
    }
  }
  of->count = kept;
}

static int32_t approximate_degree(const graph *g, int32_t i, int32_t clique_size,
                                  int32_t remaining) {
  const list *around = &g->elements[i];
  int64_t sum = (int64_t)g->nodes[i].count + clique_size - 1;
  for (int32_t k = 0; k < around->count; k++) {
    int32_t element = around->items[k];
    sum += g->outside_stamp[element] == g->stamp ? g->outside[element]
                                                 : g->members[element].count;
  }
  if (sum > remaining - 1) {
    sum = remaining - 1;
  }
  return sum > 0 ? (int32_t)sum : 0;
}

static int eliminate_all(graph *g, int32_t *order) {
  int32_t n = g->n, count = 0, least = 0;
  while (count < n) {
    while (g->bucket_head[least] == NONE) {
      least++;
    }
    int32_t pivot = g->bucket_head[least], kept = 0;
    list *clique = &g->members[pivot];
    take_out(g, pivot);
    g->eliminated[pivot] = 1;
    order[count++] = pivot;
    if (!form_element(g, pivot, clique)) {
      return 0;
    }
    measure_overlap(g, clique);
    for (int32_t c = 0; c < clique->count; c++) {
      int32_t i = clique->items[c];
      take_out(g, i);
      prune(g, i);
      if (g->nodes[i].count == 0 && g->elements[i].count == 0) {
        /* i sees nothing but the new element: it can follow the pivot without further fill. */
        g->eliminated[i] = 1;
        order[count++] = i;
      } else {
        clique->items[kept++] = i;
      }
    }
    clique->count = kept;
    g->is_element[pivot] = kept > 0;
    for (int32_t c = 0; c < kept; c++) {
      int32_t i = clique->items[c];
      g->degree[i] = approximate_degree(g, i, kept, n - count);
      if (!append(&g->elements[i], pivot)) {
        return 0;
      }
      insert(g, i);
      least = g->degree[i] < least ? g->degree[i] : least;
    }
  }
  return 1;
}

/* Four arrays of length n and what postorder() needs besides. */
typedef struct {
  int32_t *inverse;
  int32_t *pointers;
  int32_t *rows;
  int32_t *next;
  int32_t *tree;
  int32_t *ancestor;
  int32_t *composed;
} workspace;

/* Upper triangle of the permuted matrix by columns. */
static void permute(int32_t n, const int32_t *pointers, const int32_t *rows, workspace *w) {
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int32_t a = w->inverse[j], b = w->inverse[rows[k]];
      w->pointers[(a > b ? a : b) + 1]++;
    }
  }
  for (int32_t j = 0; j < n; j++) {
    w->pointers[j + 1] += w->pointers[j];
    w->next[j] = w->pointers[j];
  }
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int32_t a = w->inverse[j], b = w->inverse[rows[k]];
      w->rows[w->next[a > b ? a : b]++] = a < b ? a : b;
    }
  }
}

static void find_tree(int32_t n, workspace *w) {
  for (int32_t j = 0; j < n; j++) {
    w->tree[j] = NONE;
    w->ancestor[j] = NONE;
    for (int32_t k = w->pointers[j]; k < w->pointers[j + 1]; k++) {
      int32_t i = w->rows[k];
      while (i != NONE && i < j) {
        int32_t up = w->ancestor[i];
        w->ancestor[i] = j; /* path compression */
        if (up == NONE) {
          w->tree[i] = j;
        }
        i = up;
      }
    }
  }
}

/* Composes the order with a postorder of its tree. */
static void postorder(int32_t n, workspace *w, const int32_t *order) {
  int32_t *first_child = w->inverse, *sibling = w->next, *stack = w->ancestor;
  int32_t count = 0;
  for (int32_t j = 0; j < n; j++) {
    first_child[j] = NONE;
  }
  for (int32_t j = n - 1; j >= 0; j--) {
    if (w->tree[j] != NONE) {
      sibling[j] = first_child[w->tree[j]];
      first_child[w->tree[j]] = j;
    }
  }
  for (int32_t root = 0; root < n; root++) {
    int32_t depth = 0;
    if (w->tree[root] != NONE) {
      continue;
    }
    stack[0] = root;
    while (depth >= 0) {
      int32_t top = stack[depth], child = first_child[top];
      if (child == NONE) {
        w->composed[count++] = order[top];
        depth--;
      } else {
        first_child[top] = sibling[child];
        stack[++depth] = child;
      }
    }
  }
}

static int make_postorder(int32_t n, const int32_t *pointers, const int32_t *rows,
                          int32_t *order) {
  workspace w = {qp_new_indices(n), qp_new_indices((int64_t)n + 1), qp_new_indices(pointers[n]),
                 qp_new_indices(n), qp_new_indices(n), qp_new_indices(n), qp_new_indices(n)};
  int ready = w.inverse && w.pointers && w.rows && w.next && w.tree && w.ancestor && w.composed;
  if (ready) {
    for (int32_t k = 0; k < n; k++) {
      w.inverse[order[k]] = k;
    }
    permute(n, pointers, rows, &w);
    find_tree(n, &w);
    postorder(n, &w, order);
    memcpy(order, w.composed, (size_t)n * sizeof(int32_t));
  }
  free(w.inverse);
  free(w.pointers);
  free(w.rows);
  free(w.next);
  free(w.tree);
  free(w.ancestor);
  free(w.composed);
  return ready;
}

int qp_order(int32_t n, const int32_t *pointers, const int32_t *rows, int32_t *order) {
  graph g;
  int ordered = build_graph(&g, n, pointers, rows) && eliminate_all(&g, order);
  free_graph(&g);
  return ordered && make_postorder(n, pointers, rows, order);
}
