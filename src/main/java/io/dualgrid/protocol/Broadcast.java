package io.dualgrid.protocol;

/**
 * An order or decision of the operator, the same to every edge: what the operator tells one it
 * tells all. Each begins a phase.
 */
public sealed interface Broadcast extends Message
    permits AskCapacities,
        Start,
        SolveAll,
        AskResiduals,
        SolveHalf,
        AskProducts,
        Move,
        Sweep,
        SweepPrices,
        AskPrices,
        AskBound,
        AskRootPrice,
        Adopt,
        AskAgreement,
        Finish,
        NewtonBegin,
        NewtonRows,
        NewtonOpen,
        NewtonAim,
        NewtonMultiply,
        NewtonDirect,
        NewtonMove,
        NewtonSweep,
        NewtonLevels,
        NewtonFind,
        NewtonBound,
        NewtonPolish,
        NewtonKeep,
        NewtonSwitch,
        AskStores,
        NewtonRelax {}
