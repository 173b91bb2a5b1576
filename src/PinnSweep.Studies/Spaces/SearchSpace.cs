using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Spaces;

/// <summary>What one search varies. A point of it is one value a dimension; where a dimension means nothing its value is null.</summary>
/// <param name="Dimensions">In the order of the file; a condition names an earlier one.</param>
public sealed record SearchSpace(ImmutableArray<Dimension> Dimensions)
{
    /// <summary>How many points there are; null for a continuum, or more than a <see cref="long"/> can count.</summary>
    public long? Count()
    {
        if (Dimensions.Any(dimension => dimension.Scale.Count is null))
        {
            return null;
        }

        try
        {
            return CountFrom(0, new int[Dimensions.Length]);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The point at a place of the unit cube.</summary>
    public SpacePoint At(ReadOnlySpan<double> unit)
    {
        var values = new SpecValue?[Dimensions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Counts(i, values) ? Dimensions[i].Scale.At(unit[i]) : null;
        }

        return new([.. values]);
    }

    /// <summary>The place of a point in the unit cube; a half where a dimension means nothing.</summary>
    public double[] UnitOf(SpacePoint point) =>
        [.. Dimensions.Select((dimension, i) => point.Values[i] is { } value ? dimension.Scale.UnitOf(value) : 0.5)];

    private bool Counts(int dimension, SpecValue?[] values) =>
        Dimensions[dimension].When is not { } when
        || (values[when.Dimension] is { } value && ((DimensionScale.Choice)Dimensions[when.Dimension].Scale).Values.IndexOf(value) == when.Value);

    /// <summary>Choices that others depend on are counted one by one, the rest multiplies.</summary>
    private long CountFrom(int dimension, int[] chosen)
    {
        if (dimension == Dimensions.Length)
        {
            return 1;
        }

        if (Dimensions[dimension].When is { } when && chosen[when.Dimension] != when.Value)
        {
            chosen[dimension] = -1;
            return CountFrom(dimension + 1, chosen);
        }

        if (!Dimensions.Any(other => other.When?.Dimension == dimension))
        {
            chosen[dimension] = 0;
            return checked(Dimensions[dimension].Scale.Count!.Value * CountFrom(dimension + 1, chosen));
        }

        long sum = 0;
        for (var value = 0; value < Dimensions[dimension].Scale.Count; value++)
        {
            chosen[dimension] = value;
            sum = checked(sum + CountFrom(dimension + 1, chosen));
        }

        return sum;
    }
}

/// <summary>One value for each dimension of a <see cref="SearchSpace"/>; equal values are one point.</summary>
public sealed record SpacePoint(ImmutableArray<SpecValue?> Values)
{
    /// <inheritdoc/>
    public bool Equals(SpacePoint? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(Values.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("[");
        foreach (var value in Values)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(value?.Canonical() ?? "–");
        }

        return text.Append(']').ToString();
    }
}
