using System.Collections.Immutable;
using System.Text;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Annotations;

/// <summary>A field of a file of comma-separated values, blanks around it taken away.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Place">Where it begins.</param>
internal readonly record struct CsvField(string Text, Place Place);

/// <summary>
/// A row of a file of comma-separated values (RFC 4180; lines may end with LF alone), with the place of every field: a message must name
/// the line although fields between quotes may hold line breaks.
/// </summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Fields">Its fields.</param>
internal readonly record struct CsvRow(Place Place, ImmutableArray<CsvField> Fields)
{
    /// <summary>The rows of a text; empty lines are none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="mistakes">Takes quotes that do not fit.</param>
    public static IEnumerable<CsvRow> Read(string text, string file, MistakeList mistakes)
    {
        var (at, line, start) = (0, 1, 0);
        while (at < text.Length)
        {
            var row = new Place(file, line, 1);
            var fields = ImmutableArray.CreateBuilder<CsvField>();
            bool isMore;
            do
            {
                fields.Add(Field(text, file, mistakes, ref at, ref line, ref start));
                isMore = at < text.Length && text[at] == ',';
                at += isMore ? 1 : 0;
            }
            while (isMore);

            // Here stands the end of the line, or of the text.
            at += at < text.Length && text[at] == '\r' ? 1 : 0;
            at += at < text.Length ? 1 : 0;
            (line, start) = (line + 1, at);
            if (fields.Count > 1 || fields[0].Text.Length > 0)
            {
                yield return new(row, fields.ToImmutable());
            }
        }
    }

    private static CsvField Field(string text, string file, MistakeList mistakes, ref int at, ref int line, ref int start)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var place = new Place(file, line, at - start + 1);
        if (at >= text.Length || text[at] != '"')
        {
            return new(Plain(text, ref at), place);
        }

        var words = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
            {
                at++;
                if (Plain(text, ref at).Length > 0)
                {
                    mistakes.Add(place, "something stands behind the closing quote; a quote within quotes is written twice");
                }

                return new(words.ToString().Trim(), place);
            }

            at += text[at] == '"' ? 1 : 0;
            words.Append(text[at]);
            if (text[at] == '\n')
            {
                (line, start) = (line + 1, at + 1);
            }
        }

        mistakes.Add(place, "the quote that begins here is never closed");
        return new(words.ToString().Trim(), place);
    }

    /// <summary>Up to the next comma or the end of the line.</summary>
    private static string Plain(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && text[at] is not (',' or '\n') && !(text[at] == '\r' && (at + 1 == text.Length || text[at + 1] == '\n')))
        {
            at++;
        }

        return text[from..at].Trim();
    }
}
