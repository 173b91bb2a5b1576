namespace PinnSweep.Annotations;

/// <summary>Tags, notes and results of others of one study, wherever its store is.</summary>
internal interface IStudyAnnotations : IDisposable
{
    /// <summary>The name of the study.</summary>
    string Name { get; }

    Task<TagsModel> TagsAsync(CancellationToken cancel);

    Task<TagsModel> SetTagsAsync(IReadOnlyList<string> tags, CancellationToken cancel);

    Task<NotesModel> NotesAsync(CancellationToken cancel);

    Task<NoteModel> AddNoteAsync(NewNoteModel note, CancellationToken cancel);

    Task RemoveNoteAsync(int number, CancellationToken cancel);

    Task<ExternalModel> ExternalAsync(CancellationToken cancel);

    Task<ImportedModel> ImportAsync(string text, string file, CancellationToken cancel);

    Task<RemovedModel> RemoveSourceAsync(string source, CancellationToken cancel);
}
