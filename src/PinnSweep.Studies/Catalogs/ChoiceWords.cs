using System.Text;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>
/// The words of study files for the values of an enumeration: their names in lower case with '-', <c>official-code</c> for OfficialCode.
/// </summary>
public static class ChoiceWords
{
    /// <summary>The word of a value: its name with hyphens.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => OfName(value.ToString());

    /// <summary>As it stands in a level, for instance as the value of absence.</summary>
    public static SpecValue ToValue<T>(T value)
        where T : struct, Enum => new SpecValue.Text(Of(value));

    // Apart from the values' type: what depends on it is compiled once for every enumeration, at every start of the program.
    private static string OfName(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
