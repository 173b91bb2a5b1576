using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Cluster.Wire;
using PinnSweep.Storage;
using PinnSweep.Storage.Journal;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Every row of the journal and every snapshot, read one by one and held against each other.</summary>
/// <param name="Findings">What is wrong, each in words that name table and row.</param>
/// <param name="Events">The events that can be read, with their numbers, in the order of writing.</param>
/// <param name="Snapshot">The newest readable snapshot with its number; null where there is none.</param>
/// <param name="LastNumber">The highest number that stands in the journal, rightly or not.</param>
internal sealed record JournalExamination(
    ImmutableArray<string> Findings,
    ImmutableArray<(long Number, SweepEvent Event)> Events,
    (long Number, CoordinatorState State)? Snapshot,
    long LastNumber)
{
    private const string Owner = "coordinator";

    /// <summary>Looks at all of it.</summary>
    public static JournalExamination Of(Store store)
    {
        var serializer = new SweepSerializer(null!);
        var findings = ImmutableArray.CreateBuilder<string>();
        var events = ReadEvents(store.Journal.Events(), serializer, findings, out var last);
        var snapshot = default((long, CoordinatorState)?);
        foreach (var row in store.Journal.Snapshots())
        {
            if (row.PersistenceId == Owner && row.Serializer == SweepSerializer.Id && TryRead<CoordinatorState>(serializer, row.Manifest, row.Content) is { } restored)
            {
                snapshot ??= (row.SequenceNumber, restored);
                if (row.SequenceNumber > last)
                {
                    findings.Add(Text($"snapshot at event {row.SequenceNumber}: the journal ends before it, at event {last}"));
                }
            }
            else
            {
                findings.Add(Text($"snapshot at event {row.SequenceNumber}: cannot be read"));
            }
        }

        return new(findings.ToImmutable(), events, snapshot, last);
    }

    /// <summary>Whether a state knows what an event is about. In a whole journal it always does.</summary>
    internal static bool Knows(CoordinatorState state, SweepEvent happened) => happened switch
    {
        TrialEvent about => state.Trials.ContainsKey(about.Key),
        StudyExtended extended => state.Studies.ContainsKey(extended.Hash),
        StudyCancelled cancelled => state.Studies.ContainsKey(cancelled.Hash),
        StudyPaused paused => state.Studies.ContainsKey(paused.Hash),
        StudyResumed resumed => state.Studies.ContainsKey(resumed.Hash),
        _ => true,
    };

    private static ImmutableArray<(long Number, SweepEvent Event)> ReadEvents(
        IReadOnlyList<JournalRow> rows, SweepSerializer serializer, ImmutableArray<string>.Builder findings, out long last)
    {
        var events = ImmutableArray.CreateBuilder<(long, SweepEvent)>(rows.Count);
        var writers = new HashSet<string>(StringComparer.Ordinal);
        var (state, number, writer, isMended) = (CoordinatorState.Empty, 0L, "", false);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var follows = row.SequenceNumber == number + 1;
            // Rows are missing before it when the next one goes on from it; else the number itself is damaged.
            var isAfterGap = !follows && row.SequenceNumber > number && i + 1 < rows.Count && rows[i + 1].SequenceNumber == row.SequenceNumber + 1;
            var happened = TryRead<SweepEvent>(serializer, row.Manifest, row.Content);
            // After an event that mended it the journal may go on from any number.
            isAfterGap |= !follows && happened is JournalMended;
            if (isAfterGap && happened is not JournalMended)
            {
                findings.Add(Text($"journal: events {number + 1} to {row.SequenceNumber - 1} are missing"));
            }

            number = isAfterGap ? row.SequenceNumber : number + 1;
            var place = Text($"journal, event {number} ('{row.Manifest}')");
            if (row.SequenceNumber != number || row.PersistenceId != Owner || row.IsDeleted || row.Serializer != SweepSerializer.Id)
            {
                findings.Add(Text($"{place}: its row is damaged (number {row.SequenceNumber}, of '{row.PersistenceId}', serializer {row.Serializer}{(row.IsDeleted ? ", marked as deleted" : "")})"));
            }

            if (row.Writer != writer && !writers.Add(row.Writer))
            {
                findings.Add($"{place}: written by a coordinator that others had followed");
            }

            writer = row.Writer;
            if (happened is null)
            {
                findings.Add($"{place}: cannot be read");
                continue;
            }

            events.Add((number, happened));
            isMended |= happened is JournalMended;
            if (Knows(state, happened))
            {
                state = state.Apply(happened);
            }
            else if (!isMended)
            {
                findings.Add($"{place}: is about a study or trial that no event before it names");
            }
        }

        last = rows.Select(row => row.SequenceNumber).Append(number).Max();
        return events.ToImmutable();
    }

    private static T? TryRead<T>(SweepSerializer serializer, string manifest, byte[] content)
        where T : class
    {
        try
        {
            return serializer.FromBinary(content, manifest) as T;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            // Damaged bytes can make a reader of any kind stumble in any way; what matters is that it did.
            return null;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
