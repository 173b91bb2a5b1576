using PinnSweep.Cluster.Alerts;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>What a file of alerts says, and what is told of one that is wrong.</summary>
public sealed class AlertPlanReaderTests
{
    private const string Secret = "0123456789abcdef0123";

    [Fact]
    public void A_file_names_hooks_and_limits()
    {
        var plan = Read(
            """
            cluster: hall 3
            no_worker_minutes: 2.5
            store_full_percent: 80
            certificate_days: 14
            hooks:
              ops:
                url: https://hooks.example/pinnsweep
                secret_env: PINNSWEEP_HOOK
                events: [study-settled, machine-fault]
              chat:
                url: http://chat.example:8065/hooks/abc
                format: chat
            """);

        Assert.Equal(("hall 3", TimeSpan.FromMinutes(2.5), 80, TimeSpan.FromDays(14)), (plan.Cluster, plan.NoWorkerFor, plan.StoreFullPercent, plan.CertificateNotice));
        Assert.Equal(["ops at https://hooks.example", "chat at http://chat.example:8065"], plan.Hooks.Select(hook => hook.ToString()));
        Assert.Equal((Secret, AlertFormat.Json), (plan.Hooks[0].Secret, plan.Hooks[0].Format));
        Assert.Equal((null, AlertFormat.Chat), (plan.Hooks[1].Secret, plan.Hooks[1].Format));
        Assert.Equal(["ops", "chat"], plan.For(AlertEvent.MachineFault));
        Assert.Equal(["chat"], plan.For(AlertEvent.StoreFull));
    }

    [Theory]
    [InlineData("hook:\n  a: {url: 'http://a.example/'}", "alerts.yaml:1: hook: unknown key; nearest 'hooks'; allowed: cluster, no_worker_minutes, store_full_percent, certificate_days, hooks")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    event: no-worker", "alerts.yaml:4: hooks.a.event: unknown key; nearest 'events'; allowed: url, secret, secret_env, events, format")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    events:\n    - no-worker\n    - study-setled", "alerts.yaml:6: hooks.a.events: 'study-setled' is no event; nearest 'study-settled'; allowed: study-settled, first-quarantine, no-worker, machine-fault, store-full, certificate-end")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    format: slack", "alerts.yaml:4: hooks.a.format: 'slack' is no format; allowed: json, chat")]
    [InlineData("hooks:\n  a:\n    secret_env: PINNSWEEP_HOOK", "alerts.yaml:2: hooks.a: url is missing")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret_env: PINNSWEEP_NONE", "alerts.yaml:4: hooks.a.secret_env: the environment variable 'PINNSWEEP_NONE' is not set")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret_env: MINE", "alerts.yaml:4: hooks.a.secret_env: 'MINE' would be seen by trainers; a name that begins with PINNSWEEP_, or has SECRET or TOKEN in it, is not")]
    [InlineData("store_full_percent: 101\nhooks:\n  a: {url: 'http://a.example/'}", "alerts.yaml:1: store_full_percent: expected a number from 1 to 100, found '101'")]
    [InlineData("no_worker_minutes: soon\nhooks:\n  a: {url: 'http://a.example/'}", "alerts.yaml:1: no_worker_minutes: expected a number from 0.1 to 10000, found 'soon'")]
    [InlineData("hooks:\n  a b: {url: 'http://a.example/'}", "alerts.yaml:2: hooks: a name has at most 40 letters, digits, '-', '_' and '.', unlike 'a b'")]
    [InlineData("hooks: []", "alerts.yaml:1: hooks: expected names of hooks, and under each its `url:`")]
    [InlineData("", "alerts.yaml: says nothing; expected `hooks:` with a name, and under it the `url:` of each place that is told")]
    public void A_mistake_is_told_with_its_line_and_what_is_allowed(string text, string message) =>
        Assert.Contains(message, Assert.Throws<UserMistakeException>(() => Read(text)).Message.Split('\n'));

    [Theory]
    [InlineData("hooks:\n  a:\n    url: ftp://very-secret-path/")]
    [InlineData("hooks:\n  a:\n    url: very-secret-path")]
    [InlineData("hooks:\n  a:\n    url: https://user:very-secret-path@a.example/")]
    [InlineData("hooks:\n  a:\n    url: [very-secret-path]")]
    [InlineData("hooks:\n  a:\n    url: *very-secret-path")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret: very-secret")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret: !very-secret-path x")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret: *very-secret-path")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret: {very-secret-path: 1}")]
    [InlineData("hooks:\n  a:\n    url: http://a.example/\n    secret: 'very-secret-path\n    x: y")]
    public void A_message_never_repeats_what_is_secret(string text)
    {
        var message = Assert.Throws<UserMistakeException>(() => Read(text)).Message;

        Assert.DoesNotContain("very-secret", message, StringComparison.Ordinal);
        Assert.Matches(@"\Aalerts\.yaml:\d", message);
    }

    private static AlertPlan Read(string text) => AlertPlanReader.Read(text, "alerts.yaml", name => name == "PINNSWEEP_HOOK" ? Secret : null);
}
