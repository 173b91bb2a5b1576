using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>
/// A page of a browser with what went wrong in it: errors on its console, which include all that its policy refused, failed scripts, and
/// requests to anybody but its node.
/// </summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>Widths of a phone, a desk and a wall.</summary>
    public static readonly int[] Widths = [360, 1280, 2560];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public WatchedPage(IBrowserContext context, IPage page, string origin)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"asks elsewhere: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>What the browser itself says where an answer was a refusal, which some tests want.</summary>
    public static bool IsOfRefusal(string complaint) => complaint.Contains("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal);

    /// <summary>Goes to a page and waits until it stands still: its scripts ran and its pictures came.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
    }

    /// <summary>Logs in by the form, and is led to where one wanted to go.</summary>
    public async Task LogInAsync(string token, string next = "/")
    {
        await GoAsync(next);
        Assert.Contains("/login", Page.Url, StringComparison.Ordinal);
        await Page.GetByLabel("Token").FillAsync(token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Page.WaitForURLAsync(url => new Uri(url).PathAndQuery == next);
    }

    /// <summary>Serious and critical findings of axe-core, each with its place.</summary>
    /// <param name="rules">Only these; all where none is named.</param>
    public async Task<IReadOnlyList<string>> FindingsAsync(params string[] rules)
    {
        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<string>(
            """
            rules => axe.run(document, { resultTypes: ["violations"], ...(rules.length ? { runOnly: { type: "rule", values: rules } } : {}) })
              .then(result => JSON.stringify(result.violations
                .filter(violation => violation.impact === "serious" || violation.impact === "critical")
                .flatMap(violation => violation.nodes.map(node => `${violation.impact} ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`))))
            """,
            rules);
        return JsonSerializer.Deserialize<string[]>(found)!;
    }

    /// <summary>What is wider than the window, for each width; nothing where the page never scrolls sideways.</summary>
    /// <param name="name">What screenshots are called.</param>
    /// <param name="scheme">Which they say.</param>
    public async Task<IReadOnlyList<string>> SizesAsync(string name, string scheme)
    {
        var wrong = new List<string>();
        foreach (var width in Widths)
        {
            await Page.SetViewportSizeAsync(width, 900);
            var over = await Page.EvaluateAsync<string>(
                """
                () => {
                  const room = document.documentElement.clientWidth;
                  const over = [...document.querySelectorAll("body *")].filter(element => element.getBoundingClientRect().right > room + 1 && !element.closest(".scroll, .wide, .visually-hidden, .skip"));
                  return document.documentElement.scrollWidth > room ? `${document.documentElement.scrollWidth} > ${room}: ${over.slice(0, 3).map(element => element.outerHTML.slice(0, 120)).join(" | ")}` : "";
                }
                """);
            if (over.Length > 0)
            {
                wrong.Add($"{name} at {width}: {over}");
            }

            await Page.ScreenshotAsync(new() { Path = Screenshot(name, scheme, width), FullPage = true });
        }

        await Page.SetViewportSizeAsync(1280, 900);
        return wrong;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static string Screenshot(string name, string scheme, int width) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(RepositoryPaths.Root, "artifacts", "screenshots")).FullName, FormattableString.Invariant($"{name}-{scheme}-{width}.png"));

    private void Note(bool isWrong, string complaint)
    {
        if (isWrong)
        {
            lock (_complaints)
            {
                _complaints.Add(complaint);
            }
        }
    }
}
