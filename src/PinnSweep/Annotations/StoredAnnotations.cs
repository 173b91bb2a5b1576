using PinnSweep.Methods.Catalogs;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Annotations;

/// <summary>Tags, notes and results of others of a study of a store.</summary>
internal sealed class StoredAnnotations(Store store, StudyPlan plan) : IStudyAnnotations
{
    private readonly AnnotationDesk _desk = new(store, TimeProvider.System);

    public string Name => plan.Spec.Name;

    /// <summary>Opens the store.</summary>
    /// <exception cref="UserMistakeException">It cannot be, or has another writer.</exception>
    public static StoredAnnotations Open(string place, bool isChange, StudyPlan plan)
    {
        var store = isChange ? Store.Open(place, TimeProvider.System, PinnCatalog.Instance) : Store.OpenForReading(place);
        try
        {
            return new(store, plan);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public Task<TagsModel> TagsAsync(CancellationToken cancel) => Task.FromResult(_desk.Tags(plan));

    public Task<TagsModel> SetTagsAsync(IReadOnlyList<string> tags, CancellationToken cancel) => Task.FromResult(_desk.SetTags(plan, tags));

    public Task<NotesModel> NotesAsync(CancellationToken cancel) => Task.FromResult(_desk.Notes(plan));

    public Task<NoteModel> AddNoteAsync(NewNoteModel note, CancellationToken cancel) => Task.FromResult(_desk.AddNote(plan, note));

    public Task RemoveNoteAsync(int number, CancellationToken cancel) => _desk.RemoveNote(plan, number)
        ? Task.CompletedTask
        : throw new UserMistakeException(FormattableString.Invariant($"study {plan.Spec.Name} has no note {number}"));

    public Task<ExternalModel> ExternalAsync(CancellationToken cancel) => Task.FromResult(_desk.External(plan));

    public Task<ImportedModel> ImportAsync(string text, string file, CancellationToken cancel) => Task.FromResult(_desk.Import(plan, text, file));

    public Task<RemovedModel> RemoveSourceAsync(string source, CancellationToken cancel) => Task.FromResult(_desk.RemoveSource(plan, source));

    public void Dispose() => store.Dispose();
}
