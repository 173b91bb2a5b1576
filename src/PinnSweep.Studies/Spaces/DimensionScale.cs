using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Spaces;

/// <summary>
/// The values that one dimension of a space may take, and where each lies between 0 and 1. Numbers are rounded to six significant digits
/// of themselves or of the width of the range, whichever is finer: what is proposed can be typed, and is the same on every machine.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "scale")]
[JsonDerivedType(typeof(Choice), "values")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(Integer), "integer")]
public abstract record DimensionScale
{
    private const int Digits = 6;

    // A double has no more.
    private const int MostDigits = 17;

    private DimensionScale()
    {
    }

    /// <summary>One of the listed values (<c>{values: [...]}</c>); their order means nothing.</summary>
    public sealed record Choice(ImmutableArray<SpecValue> Values) : DimensionScale
    {
        /// <inheritdoc/>
        public bool Equals(Choice? other) => other is not null && Values.SequenceEqual(other.Values);

        /// <inheritdoc/>
        public override int GetHashCode() => Values.Aggregate(Values.Length, HashCode.Combine);

        /// <inheritdoc/>
        public override SpecValue At(double unit) => Values[Math.Clamp((int)(unit * Values.Length), 0, Values.Length - 1)];

        /// <inheritdoc/>
        public override double UnitOf(SpecValue value) => (Math.Max(0, Values.IndexOf(value)) + 0.5) / Values.Length;

        /// <inheritdoc/>
        public override string ToString() => $"one of {string.Join(", ", Values.Select(value => value.Canonical()))}";
    }

    /// <summary>Any number between the bounds (<c>{linear: [a, b]}</c>).</summary>
    public sealed record Linear(double Low, double High) : DimensionScale
    {
        /// <inheritdoc/>
        public override SpecValue At(double unit) => Rounded(Low + (unit * (High - Low)), Low, High);

        /// <inheritdoc/>
        public override double UnitOf(SpecValue value) =>
            value is SpecValue.Number { Value: var x } && Low < High ? Math.Clamp((x - Low) / (High - Low), 0, 1) : 0.5;

        /// <inheritdoc/>
        public override string ToString() => Text($"{Low} … {High}");
    }

    /// <summary>Any number between the bounds, of which the logarithms are evenly spread (<c>{log: [a, b]}</c>).</summary>
    public sealed record Log(double Low, double High) : DimensionScale
    {
        /// <inheritdoc/>
        public override SpecValue At(double unit) => Rounded(Low * Math.Exp(unit * Math.Log(High / Low)), Low, High);

        /// <inheritdoc/>
        public override double UnitOf(SpecValue value) =>
            value is SpecValue.Number { Value: > 0 and var x } && Low < High ? Math.Clamp(Math.Log(x / Low) / Math.Log(High / Low), 0, 1) : 0;

        /// <inheritdoc/>
        public override string ToString() => Text($"{Low} … {High} (log)");
    }

    /// <summary>Any whole number from the first to the last (<c>{integer: [a, b]}</c>).</summary>
    public sealed record Integer(long Low, long High) : DimensionScale
    {
        /// <inheritdoc/>
        public override SpecValue At(double unit) => new SpecValue.Number(Math.Clamp(Low + Math.Floor(unit * (High - Low + 1d)), Low, High));

        /// <inheritdoc/>
        public override double UnitOf(SpecValue value) =>
            value is SpecValue.Number { Value: var x } ? Math.Clamp((x - Low + 0.5) / (High - Low + 1d), 0, 1) : 0.5;

        /// <inheritdoc/>
        public override string ToString() => Text($"{Low} … {High} (whole)");
    }

    /// <summary>How many values there are; null where there is a continuum.</summary>
    [JsonIgnore]
    public long? Count => this switch
    {
        Choice choice => choice.Values.Length,
        Integer whole => whole.High - whole.Low + 1,
        _ => null,
    };

    /// <summary>Every value of a choice, and the bounds of a range.</summary>
    internal IEnumerable<SpecValue> Ends() => this switch
    {
        Choice choice => choice.Values,
        _ => [At(0), At(1)],
    };

    /// <summary>The value at a place of the unit interval.</summary>
    public abstract SpecValue At(double unit);

    /// <summary>The place of a value in the unit interval: the middle of its share where there are finitely many; of one outside the
    /// bounds the nearest.</summary>
    public abstract double UnitOf(SpecValue value);

    private static SpecValue.Number Rounded(double value, double low, double high)
    {
        // Six digits of 1000.5 would leave a range from 1000 to 1001 a hundred values.
        var beyond = value == 0 ? 0 : Math.Floor(Math.Log10(Math.Abs(value))) - Math.Floor(Math.Log10(high - low));
        var more = Math.Clamp(beyond, 0, MostDigits - Digits);
        var text = value.ToString($"E{(int)more + Digits - 1}", CultureInfo.InvariantCulture);
        return new(Math.Clamp(double.Parse(text, CultureInfo.InvariantCulture), low, high));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
