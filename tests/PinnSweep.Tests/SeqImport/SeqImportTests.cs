using System.Text.Json.Nodes;
using PinnSweep.SeqImport;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.SeqImport;

public sealed class SeqImportTests : IDisposable
{
    private static readonly int All = SeqTemplates.BuiltIn().Length;
    private readonly FakeSeqApi _seq = new();

    public void Dispose() => _seq.Dispose();

    [Fact]
    public async Task Everything_is_created_once_and_a_second_import_changes_nothing()
    {
        var first = await ImportAsync();
        var written = _seq.Writes.Count;
        var second = await ImportAsync();

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(All, written);
        Assert.Equal(SeqTemplates.BuiltIn().Select(template => template.Title).Order(), _seq.Entities.Values.SelectMany(kind => kind).Select(entity => (string)entity["Title"]!).Order());
        Assert.Contains($"{All} created, 0 updated, 0 left as they are", first.Out, StringComparison.Ordinal);
        Assert.Contains($"nothing to change, all {All} are as they should be", second.Out, StringComparison.Ordinal);
        Assert.Equal(written, _seq.Writes.Count);
    }

    [Fact]
    public async Task What_differs_is_updated_and_what_an_operator_added_stays()
    {
        await ImportAsync();
        _seq.Writes.Clear();
        var alert = _seq.Entities["alerts"][0];
        alert["Having"] = "events > 1000";
        alert["NotificationChannels"] = new JsonArray(new JsonObject { ["NotificationAppInstanceId"] = "mail" });
        alert["IsDisabled"] = true;

        var again = await ImportAsync();

        Assert.Equal([$"PUT alerts {alert["Title"]}"], _seq.Writes);
        var now = _seq.Entities["alerts"][0];
        Assert.Equal("events > 0", (string?)now["Having"]);
        Assert.Equal("mail", (string?)now["NotificationChannels"]![0]!["NotificationAppInstanceId"]);
        Assert.True((bool)now["IsDisabled"]!);
        Assert.Contains($"updated alert {alert["Title"]}", again.Out, StringComparison.Ordinal);
        Assert.Contains($"0 created, 1 updated, {All - 1} left as they are", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_and_writes_nothing()
    {
        var dry = await ImportAsync("--dry-run");

        Assert.Empty(_seq.Writes);
        Assert.Contains("would create dashboard PinnSweep trials", dry.Out, StringComparison.Ordinal);
        Assert.Contains($"{All} to create, 0 to update", dry.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_ones_own_takes_the_place_of_the_programs_templates()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.template", """{"$entity": "signal", "Title": "Mine", "Filters": []}""");

        var imported = await ImportAsync("--from", folder.Path);

        Assert.Equal(0, imported.ExitCode);
        Assert.Equal(["POST signals Mine"], _seq.Writes);
    }

    [Theory]
    [InlineData(null, "Seq asks who you are (401). Give an API key with the permissions Read and Write")]
    [InlineData("wrong", "Seq does not know this API key (401)")]
    [InlineData("reads", "signal-diverged.template: the API key lacks the permission Write (403): The Write permission is required")]
    public async Task A_key_that_may_not_is_told_which_permission_it_lacks(string? key, string message)
    {
        (_seq.Key, _seq.ReadingKey) = ("writes", "reads");

        var refused = await ImportAsync(key is null ? [] : ["--api-key", key]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.Empty(_seq.Writes);
    }

    [Fact]
    public async Task A_key_that_may_imports()
    {
        _seq.Key = "writes";

        Assert.Equal(0, (await ImportAsync("--api-key", "writes")).ExitCode);
        Assert.Equal(All, _seq.Writes.Count);
    }

    [Fact]
    public async Task A_version_without_a_kind_is_told_before_anything_is_written()
    {
        _seq.Entities.Remove("alerts");

        var refused = await ImportAsync();

        Assert.Contains("Seq 2025.2.0 has no alerts over HTTP", refused.Error, StringComparison.Ordinal);
        Assert.Empty(_seq.Writes);
    }

    [Theory]
    [InlineData(200, "<html>a page</html>", "what answers is no Seq")]
    [InlineData(200, "{}", "what answers is no Seq (its root has no links)")]
    [InlineData(404, "", "no Seq is there (404). --url is the address of its pages without a path")]
    [InlineData(302, "", "it sends elsewhere (302), to https://seq.example/; name that address by --url")]
    [InlineData(503, "", "Seq answers with status 503; try again later")]
    public async Task What_answers_and_is_no_seq_is_told(int status, string body, string message)
    {
        _seq.Always = (status, body);

        var refused = await ImportAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        var address = _seq.Address;
        _seq.Dispose();

        var refused = await Captured.RunAsync("seq", "import", "--url", address);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{address}: nobody answers", refused.Error, StringComparison.Ordinal);
        Assert.Contains("or name its address by --url", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_told() =>
        Assert.Contains("--url 'seq.local': expected the address of a Seq server", (await Captured.RunAsync("seq", "import", "--url", "seq.local")).Error, StringComparison.Ordinal);

    private Task<Captured> ImportAsync(params string[] options) => Captured.RunAsync(["seq", "import", "--url", _seq.Address, .. options]);
}
