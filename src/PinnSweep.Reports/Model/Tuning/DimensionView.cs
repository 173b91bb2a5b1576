using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One thing that a search varied.</summary>
/// <param name="Name">What tables call it: <c>optimizer.lr</c>.</param>
/// <param name="Scale">Its values.</param>
internal sealed record DimensionView(string Name, DimensionScale Scale)
{
    /// <summary>The values of a choice, in the order of the file; empty for numbers.</summary>
    public IReadOnlyList<SpecValue> Choices => Scale is DimensionScale.Choice choice ? choice.Values : [];

    /// <summary>The space in words: <c>optimizer.lr 1e-5 … 0.1 (log)</c>.</summary>
    public string Words => Scale switch
    {
        DimensionScale.Choice => $"{Name} one of {string.Join(", ", Choices.Select(Text))}",
        DimensionScale.Log log => $"{Name} {ShortNumber.Of(log.Low)} … {ShortNumber.Of(log.High)} (log)",
        DimensionScale.Linear linear => $"{Name} {ShortNumber.Of(linear.Low)} … {ShortNumber.Of(linear.High)}",
        DimensionScale.Integer whole => $"{Name} {ShortNumber.Of(whole.Low)} … {ShortNumber.Of(whole.High)} (whole)",
        _ => Name,
    };

    /// <summary>A value as people write it.</summary>
    public static string Text(SpecValue? value) => value switch
    {
        null => "–",
        SpecValue.Text text => text.Value,
        SpecValue.Number number => ShortNumber.Of(number.Value),
        SpecValue.Flag flag => flag.Value ? "true" : "false",
        SpecValue.None => "none",
        _ => value.Canonical(),
    };
}
