using PinnSweep.Methods.Catalogs;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Annotations;

/// <summary>Tags, notes and results of others of a study of a store.</summary>
internal sealed class StoredAnnotations : IStudyAnnotations
{
    private readonly Store _store;
    private readonly StudyPlan _plan;
    private readonly AnnotationDesk _desk;

    /// <summary>Opens the store of a study.</summary>
    /// <param name="place">The store.</param>
    /// <param name="isChange">Whether anything is to be written.</param>
    /// <param name="plan">The study.</param>
    /// <exception cref="UserMistakeException">The store has another writer.</exception>
    public StoredAnnotations(string place, bool isChange, StudyPlan plan)
    {
        _store = isChange ? Store.Open(place, TimeProvider.System, PinnCatalog.Instance) : Store.OpenForReading(place);
        _plan = plan;
        _desk = new(_store, TimeProvider.System);
    }

    public string Name => _plan.Spec.Name;

    public Task<TagsModel> TagsAsync(CancellationToken cancel) => Task.FromResult(_desk.Tags(_plan));

    public Task<TagsModel> SetTagsAsync(IReadOnlyList<string> tags, CancellationToken cancel) => Task.FromResult(_desk.SetTags(_plan, tags));

    public Task<NotesModel> NotesAsync(CancellationToken cancel) => Task.FromResult(_desk.Notes(_plan));

    public Task<NoteModel> AddNoteAsync(NewNoteModel note, CancellationToken cancel) => Task.FromResult(_desk.AddNote(_plan, note));

    public Task RemoveNoteAsync(int number, CancellationToken cancel) => _desk.RemoveNote(_plan, number)
        ? Task.CompletedTask
        : throw new UserMistakeException(FormattableString.Invariant($"study {_plan.Spec.Name} has no note {number}"));

    public Task<ExternalModel> ExternalAsync(CancellationToken cancel) => Task.FromResult(_desk.External(_plan));

    public Task<ImportedModel> ImportAsync(string text, string file, CancellationToken cancel) => Task.FromResult(_desk.Import(_plan, text, file));

    public Task<RemovedModel> RemoveSourceAsync(string source, CancellationToken cancel) => Task.FromResult(_desk.RemoveSource(_plan, source));

    public void Dispose() => _store.Dispose();
}
