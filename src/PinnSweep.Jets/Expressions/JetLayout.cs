using System.Collections.Immutable;

namespace PinnSweep.Jets.Expressions;

/// <summary>A direction in input space and the highest derivative taken along it.</summary>
/// <param name="Components">The direction's components in the units of the problem, one per coordinate.</param>
/// <param name="Order">1 to 4.</param>
public sealed record Direction(ImmutableArray<double> Components, int Order)
{
    /// <inheritdoc/>
    public bool Equals(Direction? other) => other is not null && Order == other.Order && Components.SequenceEqual(other.Components);

    /// <inheritdoc/>
    public override int GetHashCode() => Components.Length + (Order * 31);
}

/// <summary>
/// The channels of a jet: channel 0 is the value, then for each direction d in turn the plain derivatives
/// dᵏ/dεᵏ u(x + ε d) at ε = 0 for k = 1 … order (derivatives, not Taylor coefficients).
/// </summary>
public sealed record JetLayout(int InputDimension, ImmutableArray<Direction> Directions)
{
    /// <summary>The layout that holds values alone.</summary>
    public static JetLayout ValuesOnly(int inputDimension) => new(inputDimension, []);

    /// <summary>Number of channels: one and the sum of the orders.</summary>
    public int Channels => 1 + Directions.Sum(direction => direction.Order);

    /// <summary>The highest order of any direction.</summary>
    public int Order => Directions.IsEmpty ? 0 : Directions.Max(direction => direction.Order);

    /// <summary>The channel of the k-th derivative along a direction; k = 0 is the value.</summary>
    public int Channel(int direction, int k)
    {
        if (k == 0)
        {
            return 0;
        }

        var channel = 0;
        for (var i = 0; i < direction; i++)
        {
            channel += Directions[i].Order;
        }

        return channel + k;
    }

    /// <inheritdoc/>
    public bool Equals(JetLayout? other) => other is not null && InputDimension == other.InputDimension && Directions.SequenceEqual(other.Directions);

    /// <inheritdoc/>
    public override int GetHashCode() => InputDimension + (Directions.Length * 31);
}
