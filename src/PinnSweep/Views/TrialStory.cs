using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Views;

/// <summary>All that a store tells of one trial.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Description">Its canonical description; empty where the store has lost it.</param>
/// <param name="Places">The studies that have it, the newest first.</param>
/// <param name="Row">What lists tell of it; null where no study has it.</param>
/// <param name="Result">Its accepted result; null where it has none that can be read.</param>
/// <param name="Attempts">Its attempts, in order.</param>
internal sealed record TrialStory(
    TrialKey Key, string Description, ImmutableArray<TrialPlace> Places, StoredTrial? Row, TrialResult? Result, ImmutableArray<StoredAttempt> Attempts)
{
    /// <summary>The description, of whichever version; null where it cannot be read.</summary>
    public TrialDescription? Described { get; } = Parsed(Description);

    /// <summary>What its record shows of known trouble.</summary>
    public ImmutableArray<Symptom> Symptoms { get; } = Result is null ? [] : TrialDiagnosis.Of(Result);

    /// <summary>Where it stands as far as the store tells, which does not know what runs.</summary>
    public string Phase => TrialPhaseWords.PhaseOf(Row?.Result is not null, false, Row is { IsQuarantined: true }, false);

    /// <summary>The same in sentences.</summary>
    public ImmutableArray<string> Lines => Result?.Evidence.WentOn is { } began
        ? [.. Standing, Text($"it went on from the end of trial {began.From.Short} at step {began.Step}")]
        : Standing;

    private ImmutableArray<string> Standing => Row switch
    {
        null => ["no study in this store has it"],
        { Result: { } result } when Result is null => [Text($"its result of attempt {result.Attempt} cannot be read any more; the next run of its study trains it again")],
        { Result: { } result } => [Text($"its result was accepted from attempt {result.Attempt}: {result.Outcome.ToString().ToLowerInvariant()}, {result.Steps} steps")],
        { IsQuarantined: true } => [Text($"it was given up after {Row.Faults} faults; `retry STUDY --failed` gives it another chance")],
        { CheckpointStep: { } step } => [Text($"it has no result yet; its last checkpoint is at step {step}. What it waits for only a node tells (--url)")],
        _ => ["it has no result yet; what it waits for only a node tells (--url)"],
    };

    /// <summary>Reads it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The trial.</param>
    /// <param name="plans">The plans of the studies that have it.</param>
    public static TrialStory Read(Store store, TrialKey key, IEnumerable<StudyPlan> plans)
    {
        var places = plans.Select(plan => TrialPlace.Of(plan, key)).OfType<TrialPlace>().ToImmutableArray();
        return new(
            key,
            store.Studies.DescriptionsOf([key]).GetValueOrDefault(key, ""),
            places,
            places.IsEmpty ? null : store.Studies.PageOf(places[0].Plan.Hash, places[0].Position, 1).FirstOrDefault(),
            store.Studies.ResultOf(key),
            store.Studies.AttemptsOf(key));
    }

    private static TrialDescription? Parsed(string description)
    {
        try
        {
            return description.Length == 0 ? null : TrialDescription.ParseStored(description);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
