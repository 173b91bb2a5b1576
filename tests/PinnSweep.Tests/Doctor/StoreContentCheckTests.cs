using System.Security.Cryptography;
using System.Text.Json;
using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing.Processes;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Tests.Doctor;

/// <summary>What a person is told of a damaged store by report and doctor.</summary>
public sealed class StoreContentCheckTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly StudyResults _results = new StudyResultsBuilder().Build();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_store_is_called_so()
    {
        await MakeAsync();

        var doctor = await Captured.RunAsync("doctor", "--store", _folder["pinnsweep.db"]);

        Assert.Contains("every page, content, row and event is as it was written", doctor.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update blobs set content = zeroblob(length(content)) where sha256 = $blob", "blobs: ", "results: trial ")]
    [InlineData("delete from blobs where sha256 = $blob", "results: trial ", "is missing from the store")]
    [InlineData("update trials set description = 'x' where key = $key", "trials: ", "belongs to another key")]
    [InlineData("update studies set submitted_at = 'yesterday'", "studies: ", "is no date")]
    [InlineData("update studies set plan = plan || ' '", "studies: ", "its stored plan is damaged")]
    [InlineData("pragma foreign_keys = off; delete from trials where key = $key", "study_trials: ", "is not in the store as it should be")]
    [InlineData("insert into checkpoints values ($key, 1, 5, 'nothing', '2026-11-24')", "checkpoints: trial ", "missing or damaged")]
    [InlineData("insert into journal values (1, 1, 0, 'coordinator', 1, x'00', null, 'epoch-began-1', 1150, 'w')", "journal, event 1 ", "cannot be read")]
    public async Task Each_finding_is_named_and_the_doctor_ends_with_1(string damage, string place, string what)
    {
        await MakeAsync(damage);

        var doctor = await Captured.RunAsync("doctor", "--store", _folder["pinnsweep.db"]);

        Assert.Equal(ExitCode.UserMistake, doctor.ExitCode);
        Assert.Contains(doctor.Out.Split('\n'), line => line.Contains(place, StringComparison.Ordinal));
        Assert.Contains(what, doctor.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_results_are_named_with_the_way_to_get_them_again()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var lost = _results.Plan.Trials[1].Key;

        var code = DamagedResults.Tell(_results with { Damaged = [new(lost, 2, "its content is missing")] }, new(output, error, OutIsLive: false, ErrorIsLive: false));

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains($"{lost.Short}, attempt 2: its content is missing", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"`pinnsweep run` of study '{_results.Plan.Spec.Name}' as before", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, DamagedResults.Tell(_results, new(output, error, OutIsLive: false, ErrorIsLive: false)));
    }

    private async Task MakeAsync(string damage = "select 1")
    {
        var (key, result) = _results.Results.First();
        var text = JsonSerializer.SerializeToUtf8Bytes(result, TrainerProtocol.Json);
        var blob = Convert.ToHexStringLower(SHA256.HashData(text));
        await File.WriteAllBytesAsync(_folder["result"], text);
        using var store = Store.Open(_folder["pinnsweep.db"]);
        store.Studies.Save(_results.Plan, "study: text");
        await store.Blobs.PutAsync(_folder["result"], blob, text.Length, CancellationToken.None);
        store.Decisions.Write([new TrialAccepted(key, 1, new(blob, text.Length, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds), At)], 1);
        store.Connections.Query(damage.Replace("$blob", $"'{blob}'", StringComparison.Ordinal).Replace("$key", $"'{key.Hex}'", StringComparison.Ordinal), _ => 0);
    }
}
