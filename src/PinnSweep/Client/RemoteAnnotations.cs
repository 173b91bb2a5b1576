using System.Net.Http.Json;
using System.Text;
using PinnSweep.Annotations;
using PinnSweep.Api;

namespace PinnSweep.Client;

/// <summary>Tags, notes and results of others of a study of a cluster.</summary>
internal sealed class RemoteAnnotations(ApiClient client, string study, string name) : IStudyAnnotations
{
    private readonly string _path = $"api/studies/{ApiClient.Part(study)}";

    public string Name => name;

    /// <summary>Finds the study.</summary>
    public static async Task<RemoteAnnotations> OpenAsync(Func<ApiClient> open, string study, CancellationToken cancel)
    {
        var client = open();
        try
        {
            var found = await client.GetAsync<StudyModel>($"api/studies/{ApiClient.Part(study)}", cancel);
            return new(client, found.Hash, found.Name);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public Task<TagsModel> TagsAsync(CancellationToken cancel) => client.GetAsync<TagsModel>($"{_path}/tags", cancel);

    public async Task<TagsModel> SetTagsAsync(IReadOnlyList<string> tags, CancellationToken cancel)
    {
        using var body = JsonContent.Create(new TagsModel(tags), options: ApiJson.Options);
        return await client.PutAsync<TagsModel>($"{_path}/tags", body, cancel);
    }

    public Task<NotesModel> NotesAsync(CancellationToken cancel) => client.GetAsync<NotesModel>($"{_path}/notes", cancel);

    public async Task<NoteModel> AddNoteAsync(NewNoteModel note, CancellationToken cancel)
    {
        using var body = JsonContent.Create(note, options: ApiJson.Options);
        return await client.PostAsync<NoteModel>($"{_path}/notes", body, cancel);
    }

    public Task RemoveNoteAsync(int number, CancellationToken cancel) => client.DeleteAsync<DoneModel>(FormattableString.Invariant($"{_path}/notes/{number}"), cancel);

    public Task<ExternalModel> ExternalAsync(CancellationToken cancel) => client.GetAsync<ExternalModel>($"{_path}/external", cancel);

    public async Task<ImportedModel> ImportAsync(string text, string file, CancellationToken cancel)
    {
        using var body = new StringContent(text, Encoding.UTF8, "text/csv");
        return await client.PostAsync<ImportedModel>($"{_path}/external{new Query().With("file", file)}", body, cancel);
    }

    public Task<RemovedModel> RemoveSourceAsync(string source, CancellationToken cancel) =>
        client.DeleteAsync<RemovedModel>($"{_path}/external{new Query().With("source", source)}", cancel);

    public void Dispose() => client.Dispose();
}
