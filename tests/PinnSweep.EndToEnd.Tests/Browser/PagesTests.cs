using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PinnSweep.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>The pages of a real cluster in a real browser.</summary>
[Collection("whole machine")]
public sealed partial class PagesTests(Chromium chromium, PagesCluster cluster) : IClassFixture<Chromium>, IClassFixture<PagesCluster>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 120_000 };
    private static readonly LocatorAssertionsToContainTextOptions Said = new() { Timeout = 120_000 };

    [Fact]
    public async Task A_study_is_watched_from_its_submission_cancelled_retried_and_read_to_the_command_behind_a_number()
    {
        await cluster.ReadyAsync();
        await using var browser = await chromium.OpenAsync(cluster.Origin);
        var page = browser.Page;
        await browser.LogInAsync(PagesCluster.Operator);

        // The list tells of a study that was submitted while one looks. It lasts for as long as anybody looks at it, however busy the machine
        // was when its speed was measured.
        var lasting = await SmallStudy.LastingAsync(seconds: 600);
        await cluster.SubmitAsync("watched", lasting);
        await page.GetByRole(AriaRole.Link, new() { Name = "watched", Exact = true }).ClickAsync();
        await Expect(page.Locator("#live-running table")).ToBeVisibleAsync(Soon);
        await Expect(page.Locator(".matrix .cell").First).ToContainTextAsync("running", Said);

        // A trial while it trains: its curve grows before one's eyes.
        Assert.True(await GrowsAsync(page), "no curve grew");

        // Cancelled after a question, submitted again, and cancelled for good.
        await page.GetByRole(AriaRole.Link, new() { Name = "watched", Exact = true }).First.ClickAsync();
        await CancelAsync(page);
        await cluster.SubmitAsync("watched", lasting);
        await Expect(page.Locator("#live-running table")).ToBeVisibleAsync(Soon);
        await CancelAsync(page);

        // A trial given up: it waits again by an order.
        await cluster.SubmitAsync("story", await SmallStudy.LastingAsync(seconds: 25));
        await page.GotoAsync(cluster.Origin);
        await page.GetByRole(AriaRole.Link, new() { Name = "story", Exact = true }).ClickAsync();
        await Expect(page.Locator("#live-running table")).ToBeVisibleAsync(Soon);
        await UntilGivenUpAsync(page.Locator("#live-failures table"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry what was given up" }).ClickAsync();
        await Expect(page.Locator(".said")).ToContainTextAsync("Trials that were given up wait again");

        // Cells fill, and the tables of the report come with them.
        await Expect(page.Locator("#live-state .chip")).ToHaveTextAsync("done", new() { Timeout = 400_000 });
        await Expect(page.Locator(".matrix .cell").First).ToContainTextAsync("2 of 2");
        await Expect(page.Locator("#live-report .as-of")).ToContainTextAsync("4 of 4 trials", Said);
        await Expect(page.Locator("#live-failures table")).ToHaveCountAsync(0);

        // From a number to its trials, to one of them, to its picture and the command that trains it again.
        await page.Locator("#report-accuracy tbody tr").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.WaitForURLAsync(CellAddress());
        await Expect(page.Locator("main tbody tr")).ToHaveCountAsync(2);
        await page.Locator("main tbody a").First.ClickAsync();
        await Expect(page.Locator("pre.command")).ToContainTextAsync("train");
        await page.Locator("picture img").ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('picture img').naturalWidth > 100");
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task Whoever_may_only_read_sees_no_order_and_is_refused_one()
    {
        await cluster.ReadyAsync();
        await using var browser = await chromium.OpenAsync(cluster.Origin);
        await browser.LogInAsync(PagesCluster.Reader, "/studies/small");
        var page = browser.Page;

        await Expect(page.Locator("h1")).ToContainTextAsync("small");
        Assert.Equal(0, await page.Locator(".orders").CountAsync());
        var status = await page.EvaluateAsync<int>(
            """
            () => fetch("/orders/studies/small/pause", { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(new FormData(document.querySelector("form.leave"))) }).then(answer => answer.status)
            """);
        Assert.Equal(403, status);
        await browser.GoAsync("/studies/small/cancel");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Not allowed");
        Assert.All(browser.Complaints, complaint => Assert.True(WatchedPage.IsOfRefusal(complaint), complaint));
        Assert.False((await cluster.UntilAsync("api/studies/small", _ => true)).GetProperty("isPaused").GetBoolean());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_is_accessible_fits_every_window_and_complains_of_nothing(ColorScheme scheme)
    {
        await cluster.ReadyAsync();
        var trial = (await cluster.UntilAsync("api/studies/small/trials", _ => true)).GetProperty("items")[0].GetProperty("key").GetString()!;
        await using var browser = await chromium.OpenAsync(cluster.Origin, scheme);
        var word = scheme == ColorScheme.Light ? "light" : "dark";
        var wrong = new List<string>();
        await browser.GoAsync("/");
        await LookAsync("login");
        await browser.LogInAsync(PagesCluster.Operator);
        foreach (var (name, path, sign) in new[]
        {
            ("studies", "/", "main table"),
            ("study", "/studies/small", "#report-accuracy"),
            ("trials", "/studies/small/trials", "main table"),
            ("curves", "/studies/small/curves", "main table"),
            ("trial", $"/trials/{trial}", "[data-panel=error] canvas"),
            ("tuning", "/studies/tuned/tuning", "#report-searches"),
            ("compare", "/compare?left=small&right=tuned", "main h2"),
            ("cluster", "/cluster", "main table"),
            ("cancel", "/studies/small/cancel", "form.confirm"),
            ("priority", "/studies/small/priority", "form.fields"),
            ("missing", "/studies/smell", "h1"),
        })
        {
            await browser.GoAsync(path);
            await browser.Page.Locator(sign).First.WaitForAsync(new() { Timeout = 120_000 });
            await LookAsync(name);
        }

        Assert.Equal([], wrong);
        Assert.Equal([], browser.Complaints.Where(complaint => !WatchedPage.IsOfRefusal(complaint)));

        async Task LookAsync(string name)
        {
            // Most rules know no colours; where the page is dark only these are looked at again.
            wrong.AddRange((await (scheme == ColorScheme.Light ? browser.FindingsAsync() : browser.FindingsAsync("color-contrast"))).Select(finding => $"{name}: {finding}"));
            wrong.AddRange(await browser.SizesAsync(name, word));
        }
    }

    [Fact]
    public async Task Without_scripts_pages_show_the_same_and_take_orders()
    {
        await cluster.ReadyAsync();
        await using var browser = await chromium.OpenAsync(cluster.Origin, hasScripts: false);
        var page = browser.Page;
        await cluster.SubmitAsync("plain", (await SmallStudy.LastingAsync(seconds: 300, seeds: 1)).Replace("control: static", "converged_below: 0.04\ncontrol: static", StringComparison.Ordinal));
        await browser.LogInAsync(PagesCluster.Operator, "/studies/plain");

        await Expect(page.Locator(".matrix .cell")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator(".said")).ToContainTextAsync("The study pauses");
        await cluster.UntilAsync("api/studies/plain", study => study.GetProperty("isPaused").GetBoolean());
        await Waiting.UntilAsync(
            async () =>
            {
                await browser.GoAsync("/studies/small");
                return await page.Locator("#report-accuracy").CountAsync() == 1;
            },
            StudyRun.Limit,
            () => cluster.Said);
        await page.GetByRole(AriaRole.Link, new() { Name = "Trials", Exact = true }).ClickAsync();
        await Expect(page.Locator("main tbody tr")).ToHaveCountAsync(4);
        await browser.GoAsync("/studies/plain/cancel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the study" }).ClickAsync();
        await Expect(page.Locator(".said")).ToContainTextAsync("The study is cancelled");
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task Every_order_is_reached_by_keyboard_and_seen_to_be()
    {
        await cluster.ReadyAsync();
        await using var browser = await chromium.OpenAsync(cluster.Origin);
        var page = browser.Page;
        await cluster.SubmitAsync("keys", (await SmallStudy.LastingAsync(seconds: 300, seeds: 1)).Replace("control: static", "converged_below: 0.03\ncontrol: static", StringComparison.Ordinal));
        await browser.LogInAsync(PagesCluster.Operator, "/studies/keys");
        await Expect(page.Locator("#live-state .chip")).ToBeVisibleAsync();
        var wanted = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.orders button, .orders a')].filter(order => order.checkVisibility()).map(order => order.textContent.trim())");

        var reached = new List<string>();
        for (var i = 0; i < 40 && reached.Count < wanted.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>(
                """
                () => {
                  const at = document.activeElement;
                  return at.closest(".orders") && getComputedStyle(at).outlineStyle !== "none" ? at.textContent.trim() : "";
                }
                """);
            if (focused.Length > 0)
            {
                reached.Add(focused);
            }
        }

        Assert.Equal(["Pause", "Cancel…", "Priority…"], wanted);
        Assert.Equal(wanted, reached);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".said")).ToContainTextAsync("The study pauses");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel…" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the study" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".said")).ToContainTextAsync("The study is cancelled");
        Assert.Equal([], browser.Complaints);
    }

    private static async Task CancelAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the study" }).ClickAsync();
        await Expect(page.Locator(".said")).ToContainTextAsync("The study is cancelled");
        await Expect(page.Locator("#live-state .chip")).ToHaveTextAsync("cancelled", new() { Timeout = 60_000 });
    }

    /// <summary>Goes from a study to the first trial that trains, and watches its curve for as long as that may take to grow.</summary>
    private static async Task<bool> GrowsAsync(IPage page)
    {
        await page.Locator("#live-running tbody a").First.ClickAsync();
        await Expect(page.Locator("[data-panel=error] canvas").First).ToBeVisibleAsync(Soon);
        await page.EvaluateAsync(
            """
            () => {
              window.points = [];
              document.addEventListener("told", event => event.detail.name === "curve" && window.points.push(JSON.parse(event.detail.data).steps.length));
            }
            """);
        try
        {
            await page.WaitForFunctionAsync("() => window.points.length > 1 && window.points.at(-1) > window.points[0]", null, new() { Timeout = 30_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Kills trainers until the page tells of it: one that has no trial yet, or none any more, is missed by nobody.</summary>
    private async Task UntilGivenUpAsync(ILocator failures)
    {
        for (var tries = 1; ; tries++)
        {
            ProcessRun.Kill((await TrainersAsync())[0]);
            try
            {
                await Expect(failures).ToContainTextAsync("quarantined", new() { Timeout = 15_000 });
                return;
            }
            catch (PlaywrightException) when (tries < 8)
            {
                // The next one.
            }
        }
    }

    private async Task<IReadOnlyList<int>> TrainersAsync()
    {
        IReadOnlyList<int> trainers = [];
        await Waiting.UntilAsync(() => (trainers = cluster.Worker.Descendants("pinnsweep-trainer")).Count > 0, StudyRun.Limit, () => cluster.Said);
        return trainers;
    }

    [GeneratedRegex("/studies/[0-9a-f]+/trials\\?cell=[0-9]+$")]
    private static partial Regex CellAddress();
}
