using System.Globalization;

namespace PinnSweep.Studies.Catalogs;

/// <summary>Parameter types in words, for messages, <c>catalog</c> and its JSON.</summary>
public static class TypeWords
{
    /// <summary>The type as the object of "expected": <c>a number above 0</c>, <c>one of point, term</c>.</summary>
    public static string Of(ParameterType type) => type switch
    {
        ParameterType.Number number => "a number" + Bounds(Finite(number.Minimum), Finite(number.Maximum), number.ExclusiveMinimum),
        ParameterType.Integer integer => "a whole number" + Bounds(
            integer.Minimum <= int.MinValue ? null : integer.Minimum,
            integer.Maximum >= int.MaxValue ? null : integer.Maximum,
            exclusive: false),
        ParameterType.Flag => "true or false",
        ParameterType.Choice choice => choice.Words.Length == 1 ? $"the word {choice.Words[0]}" : $"one of {string.Join(", ", choice.Words)}",
        ParameterType.Name => "a name",
        ParameterType.Any => "a value",
        ParameterType.ListOf list => $"a list{(list.MinimumLength > 0 ? string.Create(CultureInfo.InvariantCulture, $" of at least {list.MinimumLength}") : "")}, each {Of(list.Item)}",
        ParameterType.MapOf map => $"a map from names to {Of(map.Item)} each",
        ParameterType.Group group => $"a map with {string.Join(", ", group.Members.Select(member => member.Name))}",
        ParameterType.MethodOf method => $"one of {string.Join(", ", method.Methods.Select(entry => entry.Kind))} with parameters{string.Concat(method.Beside.Select(member => $" and {member.Name}"))}",
        ParameterType.Optional optional => $"{Of(optional.Type)}, or null",
        _ => throw new ArgumentException($"no words for the type {type.GetType().Name}", nameof(type)),
    };

    private static double? Finite(double bound) => Math.Abs(bound) >= double.MaxValue ? null : bound;

    private static string Bounds(double? minimum, double? maximum, bool exclusive) => (minimum, maximum) switch
    {
        (null, null) => "",
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" {(exclusive ? "above" : "of at least")} {least}"),
        ({ } least, { } most) when exclusive => string.Create(CultureInfo.InvariantCulture, $" above {least} and at most {most}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
    };
}
