using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The HTML report of a small study, made once for all tests that look at it, and only when one does.</summary>
public sealed class HtmlReport
{
    private readonly Lazy<Task<string>> _text = new(MakeAsync);

    public Task<string> TextAsync() => _text.Value;

    private static async Task<string> MakeAsync()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 100));
        using var study = await new StudyRun(folder).CompleteAsync();
        return await File.ReadAllTextAsync(folder["report/report.html"]);
    }
}
