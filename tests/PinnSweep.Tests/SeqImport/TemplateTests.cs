using System.Text.Json.Nodes;
using PinnSweep.SeqImport;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.SeqImport;

/// <summary>What Seq is given fits what the program logs.</summary>
public class TemplateTests
{
    [Fact]
    public void Every_query_names_events_and_properties_that_are_logged()
    {
        var queries = SeqTemplates.BuiltIn().SelectMany(template => SeqQuery.Of(template.File, template.Entity)).ToArray();

        Assert.Equal(11, queries.Count(query => query.Where.StartsWith("signal", StringComparison.Ordinal)));
        Assert.Equal(18, queries.Count(query => query.Where.StartsWith("dashboard", StringComparison.Ordinal)));
        Assert.Equal(7, queries.Count(query => query.Where.StartsWith("alert", StringComparison.Ordinal)));
        Assert.Empty(queries.SelectMany(query => query.Mistakes()));
    }

    [Theory]
    [InlineData("EventId.Name = 'TrialFinishd'", "count(*)", "no log event is called TrialFinishd")]
    [InlineData("EventId.Name = 'TrialFinished' and Outcom = 'Diverged'", "count(*)", "no property of TrialFinished is called Outcom")]
    [InlineData("EventId.Name in ['TrialFaulted', 'TrialQuarantined']", "max(RelativeL2)", "no property of TrialFaulted, TrialQuarantined is called RelativeL2")]
    [InlineData("EventId.Name = 'TrialFinished'", "medium(RelativeL2)", "no function is called medium")]
    [InlineData("Outcome = 'Diverged'", "count(*)", "no log event is called (none)")]
    [InlineData("EventId.Name = 'TrialFinished' and Node = 'a'", "count(*) / (interval() / 1h)", null)]
    public void A_mistaken_query_is_found(string where, string value, string? mistake)
    {
        var alert = new JsonObject { ["Where"] = where, ["Having"] = "events > 0", ["Select"] = new JsonArray(new JsonObject { ["Value"] = value, ["Label"] = "events" }) };

        var mistakes = SeqQuery.Of("alert", alert).SelectMany(query => query.Mistakes());

        Assert.Equal(mistake is null ? "" : $"alert: {mistake}", string.Join('\n', mistakes));
    }

    [Fact]
    public void The_program_has_the_files_of_cluster_config()
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "cluster-config", "seq")).Select(Path.GetFileName);

        Assert.Equal(files.Order(StringComparer.Ordinal), SeqTemplates.BuiltIn().Select(template => template.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_number_of_a_log_event_stands_for_one() =>
        Assert.Empty(LogVocabulary.Messages.GroupBy(message => message.Attribute.EventId).Where(same => same.Count() > 1).Select(same => same.Key));

    [Theory]
    [InlineData("{\n  \"$entity\": \"signal\",\n  \"Title\" \"x\"\n}", "x.template:3: no JSON")]
    [InlineData("[]", "x.template:1: expected a JSON object")]
    [InlineData("{\n  \"Title\": \"x\"\n}", "\"$entity\" is missing; allowed: signal, dashboard, alert")]
    [InlineData("{\n\n  \"$entity\": \"signl\", \"Title\": \"x\"}", "x.template:3: \"$entity\": 'signl' cannot be imported; nearest 'signal'")]
    [InlineData("{\"$entity\": \"signal\"}", "\"Title\" is missing")]
    public void A_template_that_cannot_be_used_is_named_with_its_line(string json, string message) =>
        Assert.Contains(message, Assert.Throws<UserMistakeException>(() => SeqTemplate.Parse("x.template", json)).Message, StringComparison.Ordinal);
}
