using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Storage;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Annotations;

/// <summary>What people add to the studies of a store: read and written the same way by a node and by the command line.</summary>
internal sealed class AnnotationDesk(Store store, TimeProvider clock)
{
    public TagsModel Tags(StudyPlan plan) => new(store.Annotations.Of(plan.Hash).Tags);

    /// <exception cref="UserMistakeException">One is none, or there are too many.</exception>
    public TagsModel SetTags(StudyPlan plan, IEnumerable<string> tags) => new(store.Annotations.Tags.Set(plan.Hash, tags));

    public NotesModel Notes(StudyPlan plan) => new([.. store.Annotations.Of(plan.Hash).Notes.Select(Of)]);

    /// <exception cref="UserMistakeException">It is none, or the study has no such level.</exception>
    public NoteModel AddNote(StudyPlan plan, NewNoteModel note)
    {
        if ((note.Factor is null) != (note.Level is null))
        {
            throw new UserMistakeException("factor and level name a level together; a note on the study has neither");
        }

        var about = note.Factor is null ? ((Factor Factor, string Label)?)null : AnnotationRules.Level($"{note.Factor}={note.Level}", factor => StudyLevels.Of(plan, factor));
        return Of(store.Annotations.Notes.Add(plan.Hash, note.Text, about?.Factor, about?.Label));
    }

    /// <summary>Whether there was one.</summary>
    public bool RemoveNote(StudyPlan plan, int number) => store.Annotations.Notes.Remove(plan.Hash, number);

    public ExternalModel External(StudyPlan plan) => new(
    [
        .. store.Annotations.Of(plan.Hash).External.GroupBy(result => result.Source).Select(source => new ExternalSourceModel(
            source.Key,
            source.Count(),
            [.. source.Select(result => result.Method).Distinct()],
            [.. source.Select(result => result.Problem).Distinct()],
            source.Max(result => result.ImportedAt))),
    ]);

    /// <summary>Takes the results of a file, all or none; those that are known already change nothing.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong: every mistake with its place.</exception>
    public ImportedModel Import(StudyPlan plan, string text, string file)
    {
        var (results, known) = ExternalFile.Read(text, file, StudyLevels.Of(plan, Factor.Problem), store.Annotations.Of(plan.Hash).External, clock.GetUtcNow());
        store.Annotations.External.Add(plan.Hash, results);
        return new(results.Length, known);
    }

    /// <exception cref="UserMistakeException">There is no such source.</exception>
    public RemovedModel RemoveSource(StudyPlan plan, string source) => !source.Any(char.IsControl) && store.Annotations.External.Remove(plan.Hash, source) is > 0 and var removed
        ? new(removed)
        : throw new UserMistakeException($"source {NearestMatch.Quote(source)}: nothing of it was imported into '{plan.Spec.Name}'{Hint(source, [.. External(plan).Sources.Select(known => known.Source)])}");

    /// <summary>For whoever shows it with something else.</summary>
    public static NoteModel Of(StudyNote note) => new(note.Number, note.At, note.Factor?.ToWord(), note.Level, note.Text);

    private static string Hint(string source, ImmutableArray<string> known) => known.IsEmpty ? "; nothing was imported yet" : NearestMatch.Hint(source, known);
}
