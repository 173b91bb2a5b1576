using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogues;

/// <summary>Short forms for the parameters of methods.</summary>
public static class MethodParameters
{
    public static Parameter Number(string name, double standard, double minimum, double maximum, string summary) =>
        new(name, new ParameterType.Number(minimum, maximum), new SpecValue.Number(standard), summary);

    public static Parameter Positive(string name, double standard, string summary) =>
        new(name, new ParameterType.Number(0, double.MaxValue, ExclusiveMinimum: true), new SpecValue.Number(standard), summary);

    public static Parameter Fraction(string name, double standard, string summary) => Number(name, standard, 0, 1, summary);

    public static Parameter OptionalNumber(string name, double minimum, double maximum, string summary) =>
        new(name, new ParameterType.Optional(new ParameterType.Number(minimum, maximum)), SpecValue.None.Value, summary);

    public static Parameter OptionalCount(string name, string summary) =>
        new(name, new ParameterType.Optional(new ParameterType.Integer(1, int.MaxValue)), SpecValue.None.Value, summary);

    public static Parameter Count(string name, int standard, string summary, int minimum = 1, int maximum = int.MaxValue) =>
        new(name, new ParameterType.Integer(minimum, maximum), new SpecValue.Number(standard), summary);

    public static Parameter Flag(string name, bool standard, string summary) =>
        new(name, new ParameterType.Flag(), new SpecValue.Flag(standard), summary);

    /// <summary>A word; the first listed is the default.</summary>
    public static Parameter Word(string name, string summary, params string[] words) =>
        new(name, new ParameterType.Choice([.. words]), new SpecValue.Text(words[0]), summary);

    /// <summary>A map from names of terms to numbers within bounds, empty by default.</summary>
    public static Parameter PerTerm(string name, string summary, double minimum = 0, double maximum = double.MaxValue) =>
        new(name, new ParameterType.MapOf(new ParameterType.Number(minimum, maximum)), SpecValue.Map.Empty, summary);

    /// <summary>A group that is absent by default; in a file that gives it, silent members take their own defaults.</summary>
    public static Parameter OptionalGroup(string name, string summary, params Parameter[] members) =>
        new(name, new ParameterType.Optional(new ParameterType.Group([.. members])), SpecValue.None.Value, summary);

    public static Parameter Interval(int standard, string source) => Count("interval", standard, $"steps between updates of the weights ({source})");

    public static Parameter KeepOld(double standard, string source) =>
        Fraction("keep_old", standard, $"share of the old weight in the moving average: new = keep_old · old + (1 − keep_old) · instant ({source})");
}
