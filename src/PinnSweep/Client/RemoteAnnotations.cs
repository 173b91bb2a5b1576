using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using PinnSweep.Annotations;
using PinnSweep.Api;

namespace PinnSweep.Client;

/// <summary>Tags, notes and results of others of a study of a cluster.</summary>
internal sealed class RemoteAnnotations : IStudyAnnotations
{
    private readonly ApiClient _client;
    private string _path = "";

    private RemoteAnnotations(ServerOptions server, ParseResult parsed) => _client = server.Open(parsed);

    public string Name { get; private set; } = "";

    /// <summary>Finds the study; the connection is closed with it, or where there is none.</summary>
    public static async Task<RemoteAnnotations> OpenAsync(ServerOptions server, ParseResult parsed, string study, CancellationToken cancel)
    {
        var opened = new RemoteAnnotations(server, parsed);
        try
        {
            var found = await opened._client.GetAsync<StudyModel>($"api/studies/{ApiClient.Part(study)}", cancel);
            (opened._path, opened.Name) = ($"api/studies/{ApiClient.Part(found.Hash)}", found.Name);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public Task<TagsModel> TagsAsync(CancellationToken cancel) => _client.GetAsync<TagsModel>($"{_path}/tags", cancel);

    public async Task<TagsModel> SetTagsAsync(IReadOnlyList<string> tags, CancellationToken cancel)
    {
        using var body = JsonContent.Create(new TagsModel(tags), options: ApiJson.Options);
        return await _client.PutAsync<TagsModel>($"{_path}/tags", body, cancel);
    }

    public Task<NotesModel> NotesAsync(CancellationToken cancel) => _client.GetAsync<NotesModel>($"{_path}/notes", cancel);

    public async Task<NoteModel> AddNoteAsync(NewNoteModel note, CancellationToken cancel)
    {
        using var body = JsonContent.Create(note, options: ApiJson.Options);
        return await _client.PostAsync<NoteModel>($"{_path}/notes", body, cancel);
    }

    public Task RemoveNoteAsync(int number, CancellationToken cancel) => _client.DeleteAsync<DoneModel>(FormattableString.Invariant($"{_path}/notes/{number}"), cancel);

    public Task<ExternalModel> ExternalAsync(CancellationToken cancel) => _client.GetAsync<ExternalModel>($"{_path}/external", cancel);

    public async Task<ImportedModel> ImportAsync(string text, string file, CancellationToken cancel)
    {
        using var body = new StringContent(text, Encoding.UTF8, "text/csv");
        return await _client.PostAsync<ImportedModel>($"{_path}/external{new Query().With("file", file)}", body, cancel);
    }

    public Task<RemovedModel> RemoveSourceAsync(string source, CancellationToken cancel) =>
        _client.DeleteAsync<RemovedModel>($"{_path}/external{new Query().With("source", source)}", cancel);

    public void Dispose() => _client.Dispose();
}
