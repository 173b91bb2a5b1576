using System.Collections.Immutable;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>Short forms for the parameters of methods: each is declared once and reads its own value.</summary>
public static class MethodParameters
{
    /// <summary>A number within bounds.</summary>
    public static Parameter<double> Number(string name, double standard, double minimum, double maximum, string summary) =>
        new(name, new ParameterType.Number(minimum, maximum), new SpecValue.Number(standard), summary, ToNumber);

    /// <summary>A number above 0.</summary>
    public static Parameter<double> Positive(string name, double standard, string summary, double maximum = double.MaxValue) =>
        new(name, new ParameterType.Number(0, maximum, ExclusiveMinimum: true), new SpecValue.Number(standard), summary, ToNumber);

    /// <summary>A number from 0 to 1.</summary>
    public static Parameter<double> Fraction(string name, double standard, string summary) => Number(name, standard, 0, 1, summary);

    /// <summary>A number within bounds or null, the default.</summary>
    public static Parameter<double?> OptionalNumber(string name, double minimum, double maximum, string summary) =>
        OrNull(name, new ParameterType.Number(minimum, maximum), summary, value => (value as SpecValue.Number)?.Value);

    /// <summary>A whole number or null, the default.</summary>
    public static Parameter<int?> OptionalCount(string name, string summary, int minimum = 1, int maximum = int.MaxValue) =>
        OrNull<int?>(name, new ParameterType.Integer(minimum, maximum), summary, value => value is SpecValue.Number ? ToInteger(value) : null);

    /// <summary>A whole number within bounds.</summary>
    public static Parameter<int> Count(string name, int standard, string summary, int minimum = 1, int maximum = int.MaxValue) =>
        new(name, new ParameterType.Integer(minimum, maximum), new SpecValue.Number(standard), summary, ToInteger);

    /// <summary>True or false.</summary>
    public static Parameter<bool> Flag(string name, bool standard, string summary) =>
        new(name, new ParameterType.Flag(), new SpecValue.Flag(standard), summary, value => ((SpecValue.Flag)value).Value);

    /// <summary>A word; the first listed is the default.</summary>
    public static Parameter<string> Word(string name, string summary, params string[] words) =>
        new(name, new ParameterType.Choice([.. words]), new SpecValue.Text(words[0]), summary, ToText);

    /// <summary>One of some values, each by its word (<see cref="ChoiceWords"/>); the first listed is the default.</summary>
    public static Parameter<T> Choice<T>(string name, string summary, params T[] values)
        where T : struct, Enum
    {
        // No collection of T: its code would be compiled for each enumeration, at every start of the program.
        var words = new string[values.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = ChoiceWords.Of(values[i]);
        }

        return new(name, new ParameterType.Choice([.. words]), new SpecValue.Text(words[0]), summary, value => values[Array.IndexOf(words, ToText(value))]);
    }

    /// <summary>A name that only the rest of the cell knows; it has no default.</summary>
    public static Parameter<string> Name(string name, string summary) => new(name, new ParameterType.Name(), null, summary, ToText);

    /// <summary>At least so many numbers; where no standard is given, files must give them.</summary>
    public static Parameter<ImmutableArray<double>> Numbers(
        string name, ParameterType.Number each, int atLeast, string summary, params double[] standard)
    {
        var numbers = new SpecValue.List([.. standard.Select(number => new SpecValue.Number(number))]);
        return new(name, new ParameterType.ListOf(each, atLeast), numbers.Items.IsEmpty ? null : numbers, summary, ToNumbers);
    }

    /// <summary>At least so many numbers, or null, the default, which reads as none.</summary>
    public static Parameter<ImmutableArray<double>> OptionalNumbers(string name, ParameterType.Number each, int atLeast, string summary) =>
        OrNull(name, new ParameterType.ListOf(each, atLeast), summary, ToNumbers);

    /// <summary>A map from names of terms to numbers within bounds, empty by default.</summary>
    public static Parameter<ImmutableSortedDictionary<string, double>> PerTerm(
        string name, string summary, double minimum = 0, double maximum = double.MaxValue) =>
        new(name, new ParameterType.MapOf(new ParameterType.Number(minimum, maximum)), SpecValue.Map.Empty, summary, ToTerms);

    /// <summary>A group that is absent by default; in a file that gives it, silent members take their own defaults.</summary>
    public static Parameter<SpecValue.Map?> OptionalGroup(string name, string summary, params Parameter[] members) =>
        OrNull(name, new ParameterType.Group([.. members]), summary, value => value as SpecValue.Map);

    /// <summary>How many steps lie between two updates of the weights.</summary>
    public static Parameter<int> Interval(int standard, string source) =>
        Count("interval", standard, $"steps between updates of the weights ({source})");

    /// <summary>The share of the old value in a moving average.</summary>
    public static Parameter<double> KeepOld(double standard, string source) => Fraction(
        "keep_old",
        standard,
        $"share of the old weight in the moving average: new = keep_old · old + (1 − keep_old) · instant ({source})");

    private static Parameter<T> OrNull<T>(string name, ParameterType type, string summary, Func<SpecValue, T> read) =>
        new(name, new ParameterType.Optional(type), SpecValue.None.Value, summary, read);

    private static double ToNumber(SpecValue value) => ((SpecValue.Number)value).Value;

    private static int ToInteger(SpecValue value) => checked((int)ToNumber(value));

    private static string ToText(SpecValue value) => ((SpecValue.Text)value).Value;

    private static ImmutableArray<double> ToNumbers(SpecValue value) =>
        value is SpecValue.List list ? [.. list.Items.Select(ToNumber)] : [];

    private static ImmutableSortedDictionary<string, double> ToTerms(SpecValue value) =>
        (value as SpecValue.Map ?? SpecValue.Map.Empty).Entries
            .ToImmutableSortedDictionary(entry => entry.Key, entry => ToNumber(entry.Value), StringComparer.Ordinal);
}
