using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Alerts;
using PinnSweep.Testing;
using PinnSweep.Testing.Hooks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

/// <summary>What people see of hooks on the command line.</summary>
public sealed class AlertsVerbTests : IDisposable
{
    private const string Fence = "```";
    private const string Secret = "0123456789abcdef0123";
    private readonly TemporaryFolder _folder = new();
    private readonly HookServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_test_goes_to_every_hook_and_one_that_is_not_taken_ends_with_one()
    {
        using var dead = new HookServer();
        dead.Close();
        var file = Write($"hooks:\n  ops: {{url: '{_server.Url}', secret: '{Secret}', events: [no-worker]}}\n  gone: {{url: '{dead.Url}'}}\n");

        var test = await Captured.RunAsync("alerts", "test", "--file", file);

        Assert.Equal((ExitCode.UserMistake, ""), (test.ExitCode, test.Error));
        Assert.Matches(
            @"\Aops at http://127\.0\.0\.1:\d+: taken, answered 200 OK: ok\ngone at http://127\.0\.0\.1:\d+: not taken, nobody answers there: .*\n  is the receiver up, and its port right\?.*\n\z",
            test.Out);
        Assert.Equal("test", Assert.Single(_server.Taken).Event);
    }

    [Fact]
    public async Task One_address_can_be_tried_without_a_file()
    {
        var test = await Captured.RunAsync("alerts", "test", "--url", _server.Url.ToString(), "--format", "chat");

        Assert.Equal((ExitCode.Done, ""), (test.ExitCode, test.Error));
        Assert.Equal("""{"text":"This is a test of PinnSweep's alerts; nothing has happened."}""", Assert.Single(_server.Taken).Body);
    }

    [Theory]
    [InlineData("--url: expected an address such as", "--url", "very-secret")]
    [InlineData("--secret-env: the environment variable 'PINNSWEEP_NO_SUCH' is not set", "--url", "http://127.0.0.1:9/", "--secret-env", "PINNSWEEP_NO_SUCH")]
    [InlineData("--format 'slak': is no format; allowed: json, chat", "--url", "http://127.0.0.1:9/", "--format", "slak")]
    [InlineData("--alerts nowhere.yaml: cannot be read", "--file", "nowhere.yaml")]
    public async Task A_mistake_is_told_and_secrets_are_not(string message, params string[] options)
    {
        var test = await Captured.RunAsync(["alerts", "test", .. options]);

        Assert.Equal((ExitCode.UserMistake, ""), (test.ExitCode, test.Out));
        Assert.StartsWith(message, test.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_what_is_on_its_way_and_with_all_the_rest_too()
    {
        var at = new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
        var alert = new StoredAlert("a", "study-settled", "0123456789abcdef", at, "{}");
        using (var store = Store.Open(_folder["pinnsweep.db"]))
        {
            store.Alerts.Keep([(alert, ["ops", "chat"])], []);
            store.Alerts.Note(new(alert, "ops", 3, at.AddMinutes(5), DeliveryState.Pending, "answered 500"));
            store.Alerts.Note(new(alert, "chat", 1, at, DeliveryState.Delivered, ""));
        }

        var pending = await Captured.RunAsync("alerts", "list", "--store", _folder["pinnsweep.db"]);
        var all = await Captured.RunAsync("alerts", "list", "--all", "--json", "--store", _folder["pinnsweep.db"]);

        Assert.Equal(
            """
            RAISED (UTC)         EVENT          STUDY     HOOK  STATE       TRIES  NEXT OR END          REASON
            2026-11-30 08:00:00  study-settled  01234567  ops   on its way  3      2026-11-30 08:05:00  answered 500

            """,
            pending.Out);
        Assert.Equal(["chat", "ops"], JsonDocument.Parse(all.Out).RootElement.EnumerateArray().Select(one => one.GetProperty("hook").GetString()));
    }

    [Fact]
    public async Task The_check_of_signatures_in_the_guide_takes_what_is_sent_and_nothing_else()
    {
        Assert.SkipUnless(HasPython(), "python3 is not on this machine");
        await Captured.RunAsync("alerts", "test", "--file", Write($"hooks: {{ops: {{url: '{_server.Url}', secret: '{Secret}'}}}}"));
        var call = Assert.Single(_server.Taken);
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "alerts.md"), TestContext.Current.CancellationToken);
        var check = page.Split($"{Fence}python\n")[1].Split(Fence)[0];
        Assert.Equal(5, check.Split('\n').Count(line => line.Length > 0));
        var headers = JsonSerializer.Serialize(call.Headers.Where(header => header.Key.StartsWith("X-PinnSweep", StringComparison.Ordinal)).ToDictionary());
        var script = _folder["check.py"];
        await File.WriteAllTextAsync(
            script,
            $"""
            {check}
            import json, sys
            headers = json.loads('{headers}')
            body = open('{_folder["body"]}', 'rb').read()
            old = dict(headers, **{Braces("'X-PinnSweep-Timestamp': str(int(headers['X-PinnSweep-Timestamp']) - 1)")})
            print(is_genuine('{Secret}', headers, body), is_genuine('{Secret}x', headers, body), is_genuine('{Secret}', headers, body + b' '), is_genuine('{Secret}', old, body))
            """,
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["body"], call.Body, TestContext.Current.CancellationToken);

        var said = await Python(script);

        Assert.Equal("True False False False", said.Trim());
    }

    private static string Braces(string text) => $"{{{text}}}";

    private static bool HasPython()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            return python.WaitForExit(Waiting.Patience) && python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> Python(string script)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Waiting.Patience);
        var said = await Task.WhenAll(python.StandardOutput.ReadToEndAsync(patience.Token), python.StandardError.ReadToEndAsync(patience.Token));
        await python.WaitForExitAsync(patience.Token);
        return string.Concat(said);
    }

    private string Write(string text)
    {
        var path = _folder["alerts.yaml"];
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
