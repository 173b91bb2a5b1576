using System.Security.Cryptography;
using System.Text;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The HTML report in a browser.</summary>
public class BrowserTests(HtmlReport report) : IClassFixture<HtmlReport>
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    [Fact]
    public async Task The_html_report_opens_without_console_errors_and_asks_for_nothing()
    {
        var browser = Browser();
        using var folder = new TemporaryFolder();

        using var page = await OpenAsync(browser, folder, await report.TextAsync());
        using var asking = await OpenAsync(browser, folder, "<body><img src=\"elsewhere.png\"><script>console.error('wrong')</script>");

        Assert.Equal(0, page.ExitCode);
        Assert.Contains("<figcaption>", page.Out, StringComparison.Ordinal);
        Assert.Contains("relobralo", page.Out, StringComparison.Ordinal);
        Assert.Contains("data-requests=\"[]\"", page.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", page.Error, StringComparison.Ordinal);

        // Both are told of a page that asks and complains.
        Assert.Matches("data-requests=\".*elsewhere\\.png", asking.Out);
        Assert.Contains("CONSOLE", asking.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_html_report_stops_what_a_label_might_bring_along()
    {
        var browser = Browser();
        using var folder = new TemporaryFolder();
        var html = await report.TextAsync();

        using var page = await OpenAsync(browser, folder, html.Replace("</main>", "<script>document.title = 'run'</script><img src=\"http://127.0.0.1:9/x.png\"></main>", StringComparison.Ordinal));

        Assert.DoesNotContain("<title>run</title>", page.Out, StringComparison.Ordinal);
        Assert.Contains("Content Security Policy", page.Error, StringComparison.Ordinal);
    }

    private static string Browser()
    {
        var browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, $"no browser: none of {string.Join(", ", Names)} is on the path");
        return browser;
    }

    // The page with a line that writes into its body what else it has asked for; the page's policy lets that one line through.
    private static async Task<ProcessRun> OpenAsync(string browser, TemporaryFolder folder, string html)
    {
        const string Script = """addEventListener("load", () => document.body.dataset.requests = JSON.stringify(performance.getEntriesByType("resource").map(entry => entry.name)))""";
        var permit = $"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}' ";
        var file = folder.Write("page.html", $"{html.Replace("script-src ", permit, StringComparison.Ordinal)}<script>{Script}</script>");
        var run = ProcessRun.Start(
            folder.Path,
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            $"--user-data-dir={folder["profile"]}",
            "--enable-logging=stderr",
            "--v=0",
            "--dump-dom",
            new Uri(file).AbsoluteUri);
        return await run.EndAsync(TimeSpan.FromMinutes(2));
    }
}
