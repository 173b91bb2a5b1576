using PinnSweep.Cluster.Alerts;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>A file of alerts that changes while a node runs.</summary>
public sealed class AlertPlanFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["alerts.yaml"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_is_taken_over_once_it_is_whole_and_a_wrong_one_is_refused_once()
    {
        Write("hooks: {a: {url: 'http://a.example/'}}");
        var file = AlertPlanFile.Load(Path);
        Assert.Null(file.Refresh());

        Write("hooks: {b: {url: 'http://b.example/'}}");
        Assert.Null(file.Refresh());
        Assert.Equal("a", Assert.Single(file.Plan.Hooks).Name);
        Assert.Equal("", file.Refresh());
        Assert.Equal("b", Assert.Single(file.Plan.Hooks).Name);

        Write("hooks: {b: {uri: 'http://b.example/'}}");
        Assert.Null(file.Refresh());
        Assert.Contains(":1: hooks.b.uri: unknown key", file.Refresh(), StringComparison.Ordinal);
        Assert.Null(file.Refresh());
        Assert.Equal("http://b.example/", Assert.Single(file.Plan.Hooks).Url.ToString());

        File.Delete(Path);
        Assert.Null(file.Refresh());
        Assert.Null(file.Refresh());
        Assert.Equal("b", Assert.Single(file.Plan.Hooks).Name);
    }

    [Fact]
    public void A_file_that_others_can_read_is_no_secret()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new TestSkippedException("Windows has other permissions");
        }

        Write("hooks: {a: {url: 'http://a.example/'}}");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Contains("chmod 600", Assert.Throws<UserMistakeException>(() => AlertPlanFile.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.StartsWith($"--alerts {Path}: cannot be read", Assert.Throws<UserMistakeException>(() => AlertPlanFile.Load(Path)).Message, StringComparison.Ordinal);

    private void Write(string text)
    {
        File.WriteAllText(Path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
