package io.dualgrid.edge;

import io.dualgrid.auth.Round;

/**
 * The present phase, as all edges count it and as this one knows it.
 *
 * @param round iteration and phase
 * @param transcript hash of all that everybody was told up to the order that began the phase
 */
record Moment(Round round, byte[] transcript) {}
