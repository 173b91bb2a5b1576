namespace PinnSweep.Jets.Engines.Fused.Simd;

/// <summary>
/// The operations the kernels are written in. A kernel takes the implementing struct as a type argument, so the JIT compiles one
/// specialized body for each width and precision, with every call replaced by its instruction.
/// </summary>
internal unsafe interface ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>Output rows of a register block: 6 × 4 accumulators where there are 32 registers, 3 × 4 where there are 16.</summary>
    static abstract int BlockRows { get; }

    /// <summary>Loads from an aligned address.</summary>
    static abstract TVector Load(TScalar* address);

    static abstract void Store(TScalar* address, TVector value);

    static abstract TVector Broadcast(TScalar value);

    /// <summary>A constant of the source, rounded to the precision.</summary>
    static abstract TVector Constant(double value);

    /// <summary>A bit pattern in every lane; the low half of the bits in single precision.</summary>
    static abstract TVector Bits(long pattern);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c − a b, rounded once.</summary>
    static abstract TVector NegatedMultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The smaller; where either is not a number, <paramref name="b"/>.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The larger; where either is not a number, <paramref name="b"/>.</summary>
    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector Abs(TVector a);

    static abstract TVector Negate(TVector a);

    static abstract TVector Sqrt(TVector a);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b);

    /// <summary>All bits set where a &lt; b.</summary>
    static abstract TVector LessThan(TVector a, TVector b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>Whether a &lt; b holds in every lane (false where a lane is not a number).</summary>
    static abstract bool AllLess(TVector a, TVector b);

    /// <summary>Shift of the lanes taken as integers.</summary>
    static abstract TVector ShiftLeft(TVector a, int count);

    /// <summary>Shift of the lanes taken as integers, filling with the sign.</summary>
    static abstract TVector ShiftRightArithmetic(TVector a, int count);

    /// <summary>Sum and difference of the lanes taken as integers.</summary>
    static abstract TVector AddBits(TVector a, TVector b);

    static abstract TVector SubtractBits(TVector a, TVector b);

    /// <summary>The sum of all lanes, in an order that the width fixes.</summary>
    static abstract TScalar Sum(TVector a);

    /// <summary>Whether <see cref="Fold"/> is cheap here.</summary>
    static abstract bool Folds { get; }

    /// <summary>Partial sums of four vectors in one: a quarter of the lanes for each, in order.</summary>
    static abstract TVector Fold(TVector a, TVector b, TVector c, TVector d);
}
