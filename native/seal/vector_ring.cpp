// See vector_ring.h.
#include "vector_ring.h"

#include <vector>

namespace {

// Below 2^53 by more than what rounding needs.
constexpr uint64_t largest_modulus = (uint64_t{ 1 } << 53) - (uint64_t{ 1 } << 16);

} // namespace

std::unique_ptr<const VectorRing> VectorRing::of(const seal::util::NTTTables &tables) {
    return of(tables, widest_vectors());
}

std::unique_ptr<const VectorRing> VectorRing::of(const seal::util::NTTTables &tables,
                                                 const Vectors *vectors) {
    bool fits = vectors != nullptr && tables.coeff_count() >= 2 * vectors->lanes &&
                tables.modulus().value() <= largest_modulus;
    return std::unique_ptr<const VectorRing>(fits ? new VectorRing(tables, *vectors) : nullptr);
}

VectorRing::VectorRing(const seal::util::NTTTables &tables, const Vectors &vectors)
    : vectors_(vectors), degree_(tables.coeff_count()),
      modulus_(static_cast<double>(tables.modulus().value())), roots_(degree_),
      inverses_(degree_) {
    std::vector<uint64_t> roots(degree_, 1), inverses(degree_);
    inverses[0] = tables.inv_degree_modulo().operand;
    for (size_t k = 1; k < degree_; k++) {
        roots[k] = tables.get_from_root_powers(k).operand;
        // where SEAL keeps the inverse of the root that is at k
        size_t power = seal::util::reverse_bits(k, tables.coeff_count_power());
        size_t at = seal::util::reverse_bits(power - 1, tables.coeff_count_power()) + 1;
        inverses[k] = tables.get_from_inv_root_powers(at).operand;
    }
    nearest(roots.data(), degree_, roots_.data());
    nearest(inverses.data(), degree_, inverses_.data());
}

void VectorRing::forward(const int64_t *coefficients, double *form) const {
    vectors_.doubles(coefficients, degree_, form);
    vectors_.forward(form, degree_, modulus_, roots_.data());
}

void VectorRing::inverse(double *form) const {
    vectors_.inverse(form, degree_, modulus_, inverses_.data());
}

void VectorRing::nearest(const uint64_t *residues, size_t count, double *form) const {
    vectors_.nearest(residues, count, modulus_, form);
}

void VectorRing::add_product(const double *a, const double *b, const double *c,
                             uint64_t *residues) const {
    vectors_.add_product(a, b, c, degree_, modulus_, residues);
}

void VectorRing::less_product(const uint64_t *r, const double *b, const double *c,
                              uint64_t *residues) const {
    vectors_.less_product(r, b, c, degree_, modulus_, residues);
}

void VectorRing::sum_product(const uint64_t *r, const double *b, const uint64_t *c,
                             double *form) const {
    vectors_.sum_product(r, b, c, degree_, modulus_, form);
}
