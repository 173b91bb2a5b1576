using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>A level of which some parameters are ranges.</summary>
/// <param name="Level">The level with the defaults of the catalog at the ranges, or where there is none the first value of the range.</param>
/// <param name="Ranges">In the order of the file.</param>
public sealed record LevelSpace(Level Level, ImmutableArray<LevelRange> Ranges)
{
    /// <summary>Makes the level anew with these values, where more hangs on them than their parameters: constants of a problem file bound
    /// its domain. Null where nothing does. Only designs take such levels.</summary>
    [JsonIgnore]
    internal Func<IReadOnlyList<SpecValue>, Level>? Anew { get; init; }

    /// <summary>The level with these values, one a range.</summary>
    public Level With(IReadOnlyList<SpecValue> values)
    {
        if (Anew is not null)
        {
            return Anew(values);
        }

        SpecValue parameters = Level.Parameters;
        foreach (var (range, value) in Ranges.Zip(values))
        {
            parameters = range.Put(parameters, value);
        }

        return Level with { Parameters = (SpecValue.Map)parameters };
    }

    /// <inheritdoc/>
    public bool Equals(LevelSpace? other) => other is not null && Level == other.Level && Ranges.SequenceEqual(other.Ranges);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, Ranges.Length);
}

/// <summary>A range of one parameter, or of several that go together (<c>zip</c>).</summary>
/// <param name="Targets">Where its value goes; of several, each takes one element of the value, a list.</param>
/// <param name="Scale">Its values.</param>
/// <param name="Default">The value of the catalog; null where the parameter has none.</param>
public sealed record LevelRange(ImmutableArray<RangeTarget> Targets, DimensionScale Scale, SpecValue? Default)
{
    /// <summary>What it varies, for instance <c>lr</c> or <c>lr+decay</c>.</summary>
    [JsonIgnore]
    public string Name => string.Join('+', Targets.Select(target => target.Name));

    /// <summary>The parameters with a value of the range.</summary>
    internal SpecValue Put(SpecValue parameters, SpecValue value) => Targets.Length == 1
        ? Targets[0].Put(parameters, value)
        : Targets.Zip(((SpecValue.List)value).Items).Aggregate(parameters, (set, pair) => pair.First.Put(set, pair.Second));

    /// <inheritdoc/>
    public bool Equals(LevelRange? other) => other is not null && Scale == other.Scale && Default == other.Default && Targets.SequenceEqual(other.Targets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Scale);
}

/// <summary>Where a value of a range goes.</summary>
/// <param name="Path">Within the level's parameters.</param>
/// <param name="Absent">The value that levels leave out (<see cref="Catalogs.Parameter.Absent"/>); null where there is none.</param>
/// <param name="Part">How the value becomes part of what stands there.</param>
public sealed record RangeTarget(ValuePath Path, SpecValue? Absent = null, ListPart Part = ListPart.Whole)
{
    /// <summary>For people.</summary>
    [JsonIgnore]
    public string Name => Part switch { ListPart.Width => $"{Path}.width", ListPart.Depth => $"{Path}.depth", _ => Path.ToString() };

    /// <summary>The parameters with a value put there.</summary>
    internal SpecValue Put(SpecValue parameters, SpecValue value)
    {
        if (Part == ListPart.Whole)
        {
            return Path.Set(parameters, value == Absent ? null : value);
        }

        var items = Path.Find(parameters) is SpecValue.List list ? list.Items : [];
        return Path.Set(parameters, new SpecValue.List(
            Part == ListPart.Width ? [.. items.Select(_ => value)] : [.. Enumerable.Repeat(items[0], checked((int)((SpecValue.Number)value).Value))]));
    }
}

/// <summary>Parts of a list of equal numbers, as the widths of hidden layers are.</summary>
public enum ListPart
{
    /// <summary>The value itself.</summary>
    Whole,

    /// <summary>Each number of the list.</summary>
    Width,

    /// <summary>How many there are.</summary>
    Depth,
}
