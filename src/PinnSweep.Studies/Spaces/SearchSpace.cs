using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Spaces;

/// <summary>What one search varies. A point of it is one value a dimension; where a dimension means nothing its value is null.</summary>
/// <param name="Dimensions">In the order of the file; a condition names an earlier one.</param>
public sealed record SearchSpace(ImmutableArray<Dimension> Dimensions)
{
    /// <summary>How many points there are; null for a continuum, or more than a <see cref="long"/> can count.</summary>
    public long? Count() => CountWith(scale => scale.Count);

    /// <summary>The point at a place of the unit cube.</summary>
    /// <param name="unit">One number of 0 … 1 a dimension; those of dimensions that mean nothing are not looked at.</param>
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

    /// <summary>Whether a dimension means anything, given the values of those before it.</summary>
    internal bool Counts(int dimension, ReadOnlySpan<SpecValue?> values) =>
        Dimensions[dimension].When is not { } when
        || (values[when.Dimension] is { } value && Choice(when.Dimension).Values.IndexOf(value) == when.Value);

    /// <summary>
    /// How many points there are where a scale has as many values as <paramref name="valuesOf"/> says. Each dimension hangs on at most one
    /// other, so they are trees: a choice counts, for each of its values, the product of what hangs on it.
    /// </summary>
    /// <returns>Null where one of the numbers is, and for more than a <see cref="long"/> can count.</returns>
    internal long? CountWith(Func<DimensionScale, long?> valuesOf)
    {
        var counts = Dimensions.Select(dimension => valuesOf(dimension.Scale)).ToArray();
        try
        {
            return counts.Contains(null) ? null : Product(null);
        }
        catch (OverflowException)
        {
            return null;
        }

        long Product(DimensionCondition? under) => Enumerable.Range(0, counts.Length)
            .Where(i => Dimensions[i].When == under)
            .Aggregate(1L, (product, i) => checked(product * Ways(i)));

        long Ways(int dimension) => Dimensions.Any(other => other.When?.Dimension == dimension)
            ? Enumerable.Range(0, Choice(dimension).Values.Length).Sum(value => Product(new(dimension, value)))
            : counts[dimension]!.Value;
    }

    private DimensionScale.Choice Choice(int dimension) => (DimensionScale.Choice)Dimensions[dimension].Scale;
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
