using System.Security.Cryptography;
using System.Text;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Testing.Hooks;

namespace PinnSweep.Cluster.Tests.Alerts;

/// <summary>One alert to a real endpoint.</summary>
public sealed class AlertSenderTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123";
    private readonly HookServer _server = new();
    private readonly AlertSender _sender = new(TimeProvider.System, TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        _sender.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_test_arrives_with_a_signature_over_time_and_body()
    {
        var answer = await _sender.TestAsync(Hook(), "hall 3", "hub", TestContext.Current.CancellationToken);

        Assert.Equal((true, "answered 200 OK", "ok", ""), (answer.IsTaken, answer.Words, answer.Excerpt, answer.Advice));
        var call = Assert.Single(_server.Taken);
        Assert.Equal(("test", "hall 3", "hub", call.Delivery), (call.Event, call.Json.GetProperty("cluster").GetString(), call.Json.GetProperty("node").GetString(), call.Json.GetProperty("id").GetString()));
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{call.Headers["X-PinnSweep-Timestamp"]}.{call.Body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(expected)}", call.Headers["X-PinnSweep-Signature"]);
        Assert.Equal("application/json; charset=utf-8", call.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_signature()
    {
        await _sender.TestAsync(Hook() with { Secret = null }, "", "hub", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("X-PinnSweep-Signature", Assert.Single(_server.Taken).Headers.Keys);
    }

    [Fact]
    public async Task A_chat_gets_the_sentence_without_markup()
    {
        var body = AlertBody.Write(new("id", AlertEvent.Test, default, [], "Study <!channel> & more is settled."), "hall", "hub");
        await _sender.SendAsync(Hook() with { Format = AlertFormat.Chat }, "id", body, TestContext.Current.CancellationToken);

        Assert.Equal("""{"text":"hall: Study &lt;!channel&gt; &amp; more is settled."}""", Assert.Single(_server.Taken).Body);
    }

    [Theory]
    [InlineData(302, "answered 302", "redirections are not followed")]
    [InlineData(400, "answered 400", "format: chat")]
    [InlineData(401, "answered 401", "compare the secret")]
    [InlineData(404, "answered 404", "nobody takes alerts at this address")]
    [InlineData(500, "answered 500", "look at its log")]
    public async Task A_refusal_says_what_to_look_at(int status, string words, string advice)
    {
        _server.Status = _ => status;

        var answer = await _sender.TestAsync(Hook(), "", "hub", TestContext.Current.CancellationToken);

        Assert.False(answer.IsTaken);
        Assert.StartsWith(words, answer.Words, StringComparison.Ordinal);
        Assert.Contains(advice, answer.Advice, StringComparison.Ordinal);
        Assert.Single(_server.Refused);
    }

    [Fact]
    public async Task An_answer_that_repeats_the_address_is_not_shown_and_a_long_one_is_cut()
    {
        (_server.Status, _server.Answer) = (_ => 404, "no such hook: /hook/very-secret-path");
        Assert.Equal("", (await _sender.TestAsync(Hook(), "", "hub", TestContext.Current.CancellationToken)).Excerpt);

        _server.Answer = new string('x', 1 << 20);
        Assert.Equal(160, (await _sender.TestAsync(Hook(), "", "hub", TestContext.Current.CancellationToken)).Excerpt.Length);
    }

    [Fact]
    public async Task A_dead_hook_is_told_and_not_thrown()
    {
        _server.Close();

        var answer = await _sender.TestAsync(Hook(), "", "hub", TestContext.Current.CancellationToken);

        Assert.False(answer.IsTaken);
        Assert.StartsWith("nobody answers there", answer.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_hook_is_given_up_on_after_a_while()
    {
        using var sender = new AlertSender(TimeProvider.System, TimeSpan.FromSeconds(0.3));
        var never = new TaskCompletionSource();
        _server.Before = never.Task;

        var answer = await sender.TestAsync(Hook(), "", "hub", TestContext.Current.CancellationToken);

        Assert.Equal((false, "no answer within 0.3 s"), (answer.IsTaken, answer.Words));
        never.SetResult();
    }

    private AlertHook Hook() => new("ops", _server.Url, Secret, []);
}
