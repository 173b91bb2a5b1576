namespace PinnSweep.Problems.Formulation;

/// <summary>The unit of a quantity and where its zero lies: physical value = offset + size · own value.</summary>
/// <param name="Offset">The physical value of zero.</param>
/// <param name="Size">The physical size of one; positive.</param>
public readonly record struct Unit(double Offset, double Size)
{
    /// <summary>That of a quantity which is left as it is.</summary>
    public static Unit One { get; } = new(0, 1);

    /// <summary>A physical value in this unit; the offset is subtracted in double precision, before anything is narrowed.</summary>
    public double ToOwn(double value) => (value - Offset) / Size;

    /// <summary>A value in this unit as a physical one.</summary>
    public double ToPhysical(double value) => Offset + (Size * value);
}
