using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Annotations;

/// <summary>Notes on studies and their levels.</summary>
public sealed class NoteTable
{
    private readonly Connections _connections;
    private readonly TimeProvider _clock;

    internal NoteTable(Connections connections, TimeProvider clock) => (_connections, _clock) = (connections, clock);

    /// <summary>Adds a note; the number of one that was removed never comes again while a later one stands.</summary>
    /// <exception cref="UserMistakeException">It is no note, or the study has too many.</exception>
    public StudyNote Add(string study, string text, Factor? factor, string? level)
    {
        var words = AnnotationRules.Note(text);
        var now = _clock.GetUtcNow();
        using var connection = _connections.Open();
        while (true)
        {
            using var transaction = _connections.BeginWriting(connection);
            var known = Of(connection, study);
            if (known.Length >= AnnotationRules.MostNotes)
            {
                throw new UserMistakeException(FormattableString.Invariant($"the study has {known.Length} notes, and keeps no more; remove some first"));
            }

            // Two nodes of one database may take the same number: the later one takes the next.
            var number = 1 + known.Select(note => note.Number).DefaultIfEmpty(0).Max();
            var isMine = connection.Execute(
                "insert into notes (study, number, factor, level, text, written_at) values ($1, $2, $3, $4, $5, $6) on conflict (study, number) do nothing",
                study, (long)number, factor?.ToWord() ?? "", level ?? "", words, Moments.Write(now)) == 1;
            transaction.Commit();
            if (isMine)
            {
                return new(number, now, factor, level, words);
            }
        }
    }

    /// <summary>Removes a note.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string study, int number)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        var isGone = connection.Execute("delete from notes where study = $1 and number = $2", study, (long)number) == 1;
        transaction.Commit();
        return isGone;
    }

    internal static ImmutableArray<StudyNote> Of(DbConnection connection, string study) =>
    [
        .. connection.Query(
            "select number, written_at, factor, level, text from notes where study = $1 order by number",
            row => new StudyNote(
                (int)row.GetInt64(0),
                Moments.Read(row.GetString(1)),
                FactorWords.FromWord(row.GetString(2)),
                row.GetString(3) is { Length: > 0 } level ? level : null,
                row.GetString(4)),
            study),
    ];
}
