namespace PinnSweep.EndToEnd.Tests;

/// <summary>The HTML report in a browser.</summary>
public class BrowserTests
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    [Fact]
    public async Task The_html_report_opens_without_console_errors_and_asks_for_nothing()
    {
        var browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, $"no browser: none of {string.Join(", ", Names)} is on the path");
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 100));
        using var study = await new StudyRun(folder).CompleteAsync();

        // Every request but that for the page goes to a port where nobody listens; the browser would tell of its failure on the console.
        using var page = ProcessRun.Start(
            folder.Path,
            browser!,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--proxy-server=127.0.0.1:9",
            $"--user-data-dir={folder["profile"]}",
            "--enable-logging=stderr",
            "--v=0",
            "--dump-dom",
            new Uri(folder["report/report.html"]).AbsoluteUri);
        await page.EndAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(0, page.ExitCode);
        Assert.Contains("<figcaption>", page.Out, StringComparison.Ordinal);
        Assert.Contains("relobralo", page.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Error.Split('\n'), line => line.Contains("CONSOLE", StringComparison.Ordinal));
    }
}
