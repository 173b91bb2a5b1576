using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>
/// The words of study files for the values of an enumeration: their names in lower case with '-', <c>official-code</c> for OfficialCode.
/// </summary>
public static class ChoiceWords
{
    /// <summary>The word of a value: its name with hyphens.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, i) => char.IsAsciiLetterUpper(letter)
            ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}"
            : letter.ToString()));

    /// <summary>As it stands in a level, for instance as the value of absence.</summary>
    public static SpecValue ToValue<T>(T value)
        where T : struct, Enum => new SpecValue.Text(Of(value));
}
