using System.Net;
using System.Net.Http.Json;
using System.Text;
using PinnSweep.Annotations;
using PinnSweep.Api;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Annotations;

/// <summary>Tags, notes and results of others over HTTP, and by the verbs that name a node.</summary>
[Collection("api")]
public sealed class AnnotationApiTests
{
    private const string Results = "method,problem,seed,error,source\nPINN-A,helmholtz,1,2.1e-2,Doe 2024\nPINN-A,helmholtz,2,1.8e-2,Doe 2024\n";

    public static TheoryData<string, string, string?> Mistakes { get; } = new()
    {
        { "PUT", "tags", "{}" },
        { "PUT", "tags", "{\"tags\": [null]}" },
        { "PUT", "tags", "{\"tags\": [\"two words\"]}" },
        { "PUT", "tags", "{\"tags\": [], \"tags\": [\"x\"]}" },
        { "PUT", "tags", "{\"tags\": [], \"more\": 1}" },
        { "PUT", "tags", "no json" },
        { "POST", "notes", "{\"text\": \"\"}" },
        { "POST", "notes", "{\"text\": null}" },
        { "POST", "notes", "{\"text\": \"two\\nlines\"}" },
        { "POST", "notes", "{\"text\": \"x\", \"factor\": \"balancer\"}" },
        { "POST", "notes", "{\"text\": \"x\", \"factor\": \"balancer\", \"level\": \"none of it\"}" },
        { "POST", "notes", "{\"text\": \"x\", \"factor\": \"balancr\", \"level\": \"static\"}" },
        { "POST", "external", "" },
        { "POST", "external", "method,problem,seed,error,source\nA,helmholtz,1,-1,X\n" },
        { "DELETE", "external?source=nobody", null },
        { "DELETE", "external", null },
    };

    [Fact]
    public async Task They_are_written_read_and_removed_and_change_no_study()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        var submitted = await api.SubmittedAsync(TestApi.Study);
        await api.UntilAsync("quick", study => study.IsSettled);
        var before = await api.Client.GetStringAsync("api/studies/quick/report?format=csv&table=trials");

        var tags = await SendAsync<TagsModel>(api, HttpMethod.Put, "tags", JsonContent.Create(new TagsModel(["paper", "draft"]), options: ApiJson.Options));
        var note = await SendAsync<NoteModel>(api, HttpMethod.Post, "notes", JsonContent.Create(new NewNoteModel("<b>hot</b>", "problem", "helmholtz"), options: ApiJson.Options));
        var first = await SendAsync<ImportedModel>(api, HttpMethod.Post, "external?file=doe.csv", Csv(Results));
        var again = await SendAsync<ImportedModel>(api, HttpMethod.Post, "external?file=doe.csv", Csv(Results));

        Assert.Equal(["draft", "paper"], tags.Tags);
        Assert.Equal((1, "problem", "helmholtz", "<b>hot</b>"), (note.Number, note.Factor, note.Level, note.Text));
        Assert.Equal((new ImportedModel(2, 0), new ImportedModel(0, 2)), (first, again));
        var study = await api.GetAsync<StudyModel>("api/studies/quick");
        Assert.Equal((submitted.Hash, "draft paper", note), (study.Hash, string.Join(' ', study.Tags!), Assert.Single(study.Notes!)));
        Assert.Equal(["draft", "paper"], (await api.GetAsync<TagsModel>("api/studies/quick/tags")).Tags);
        Assert.Equal(note, Assert.Single((await api.GetAsync<NotesModel>("api/studies/quick/notes")).Notes));
        var source = Assert.Single((await api.GetAsync<ExternalModel>("api/studies/quick/external")).Sources);
        Assert.Equal(("Doe 2024", 2, "PINN-A", "helmholtz"), (source.Source, source.Results, Assert.Single(source.Methods), Assert.Single(source.Problems)));
        Assert.Contains("PINN-A (external)", await api.Client.GetStringAsync("api/studies/quick/report"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;hot", await api.Client.GetStringAsync("api/studies/quick/report?format=html"), StringComparison.Ordinal);
        Assert.Contains("Doe 2024,PINN-A,helmholtz,2,", await api.Client.GetStringAsync("api/studies/quick/report?format=csv&table=external"), StringComparison.Ordinal);
        Assert.Contains(",external,", await api.Client.GetStringAsync("api/studies/quick/report?format=tidy.csv"), StringComparison.Ordinal);
        Assert.StartsWith("PAR1", await api.Client.GetStringAsync("api/studies/quick/report?format=tidy.parquet"), StringComparison.Ordinal);
        Assert.Equal(before, await api.Client.GetStringAsync("api/studies/quick/report?format=csv&table=trials"));

        await SendAsync<DoneModel>(api, HttpMethod.Delete, "notes/1", null);
        Assert.Equal(2, (await SendAsync<RemovedModel>(api, HttpMethod.Delete, "external?source=Doe%202024", null)).Removed);
        await SendAsync<TagsModel>(api, HttpMethod.Put, "tags", JsonContent.Create(new TagsModel([]), options: ApiJson.Options));
        study = await api.GetAsync<StudyModel>("api/studies/quick");
        Assert.Equal((null, null), (study.Tags, study.Notes));
        using var gone = await api.Client.GetAsync("api/studies/quick/report?format=csv&table=external");
        Assert.Equal(HttpStatusCode.NotFound, (await TestApi.ProblemOf(gone)).Status);
    }

    [Fact]
    public async Task Studies_are_listed_by_tag_with_their_tags()
    {
        await using var api = await TestApi.StartAsync();
        await api.SubmittedAsync(TestApi.Study);
        await api.SubmittedAsync(TestApi.LongStudy);
        await SendAsync<TagsModel>(api, HttpMethod.Put, "tags", JsonContent.Create(new TagsModel(["paper"]), options: ApiJson.Options));

        var all = await api.GetAsync<Page<StudyModel>>("api/studies");
        var tagged = await api.GetAsync<Page<StudyModel>>("api/studies?tag=paper");
        var none = await api.GetAsync<Page<StudyModel>>("api/studies?tag=pap");
        var beyond = await api.GetAsync<Page<StudyModel>>("api/studies?tag=paper&skip=1");

        Assert.Equal((2, 1, 0, 1), (all.Total, tagged.Total, none.Total, beyond.Total));
        Assert.Equal(["paper"], Assert.Single(all.Items, study => study.Name == "quick").Tags);
        Assert.Equal("quick", Assert.Single(tagged.Items).Name);
        Assert.Empty(beyond.Items);
    }

    [Fact]
    public async Task A_mistake_is_answered_with_a_problem_and_nothing_is_written()
    {
        await using var api = await TestApi.StartAsync();
        var submitted = await api.SubmittedAsync(TestApi.LongStudy);
        foreach (var (method, path, body) in Mistakes.Select(row => row.Data))
        {
            using var content = body is null ? null : path == "external" ? Csv(body) : new StringContent(body, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(new(method), $"api/studies/long/{path}") { Content = content };
            using var answer = await api.Client.SendAsync(request);

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {path} {body}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        using var missing = await api.Client.DeleteAsync("api/studies/long/notes/7");
        using var unknown = await api.Client.GetAsync("api/studies/nowhere/tags");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (missing.StatusCode, unknown.StatusCode));
        var added = api.Store.Annotations.Of(submitted.Hash);
        Assert.False(added is { HasWords: true } or { External.IsEmpty: false });
    }

    [Fact]
    public async Task The_verbs_work_against_a_node_and_a_token_that_reads_may_only_look()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.SubmittedAsync(TestApi.LongStudy);
        var file = Path.Combine(api.Folder, "doe.csv");
        await File.WriteAllTextAsync(file, Results);
        Task<Captured> RunAsync(string token, params string[] words) => Captured.RunAsync([.. words, "--url", api.Url.ToString(), "--token", token]);

        var tagged = await RunAsync(TestApi.OperateToken, "tag", "long", "paper", "x");
        var removed = await RunAsync(TestApi.OperateToken, "tag", "long", "x", "--remove");
        var noted = await RunAsync(TestApi.OperateToken, "note", "long", "too hot", "--level", "balancer=relobralo");
        var imported = await RunAsync(TestApi.OperateToken, "import", "long", file);
        var status = await RunAsync(TestApi.ReadToken, "status", "long");
        var studies = await RunAsync(TestApi.ReadToken, "studies", "--tag", "paper");
        var shown = await RunAsync(TestApi.ReadToken, "note", "long");
        var listed = await RunAsync(TestApi.ReadToken, "import", "long", "--list");
        var refused = await RunAsync(TestApi.ReadToken, "tag", "long", "y");
        await File.WriteAllTextAsync(file, "method,problem,seed,error,source\nA,helmholz,1,1,X\n");
        var mistaken = await RunAsync(TestApi.OperateToken, "import", "long", file);
        var unnoted = await RunAsync(TestApi.OperateToken, "note", "long", "--remove", "1");
        var gone = await RunAsync(TestApi.OperateToken, "import", "long", "--remove", "Doe 2024");

        Assert.All([tagged, removed, noted, imported, status, studies, shown, listed, unnoted, gone], run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.Equal(("long: paper, x\n", "long: paper\n"), (tagged.Out, removed.Out));
        Assert.Contains("  tags: paper", status.Out, StringComparison.Ordinal);
        Assert.Matches("  note 1, .* UTC, balancer relobralo: too hot", status.Out);
        Assert.Matches("STUDY .* TAGS\nlong .* paper", studies.Out);
        Assert.Contains("too hot", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Doe 2024", listed.Out, StringComparison.Ordinal);
        Assert.Equal((1, 1), (refused.ExitCode, mistaken.ExitCode));
        Assert.Contains("the token may only read", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:2:3: problem: 'helmholz' is no problem of the study; nearest 'helmholtz'", mistaken.Error, StringComparison.Ordinal);
        Assert.Equal("long: 2 external results removed\n", gone.Out);
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static async Task<T> SendAsync<T>(TestApi api, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"api/studies/quick/{path}") { Content = content };
        using var answer = await api.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options))!;
    }
}
