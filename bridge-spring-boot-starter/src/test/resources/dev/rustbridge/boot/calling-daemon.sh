#!/bin/sh
# A daemon that calls its host: ask {"call":METHOD,…} calls METHOD with the same parameters and
# answers with the line that the host answered.
printf '%s\n' '{"event":"ready","data":{"version":"1","rustbridge":{"protocol":1,"minProtocol":1,"capabilities":["calls","errors"],"methods":[{"name":"ask"}]}}}'
while read -r line; do
	id=$(printf '%s' "$line" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
	case "$line" in
	*'"method":"$hello"'*)
		printf '{"id":"%s","success":true}\n' "$id"
		;;
	*'"method":"ask"'*)
		asked=$id
		method=$(printf '%s' "$line" | sed -n 's/.*"call":"\([^"]*\)".*/\1/p')
		params=$(printf '%s' "$line" | sed -n 's/.*"params":\({.*}\)}$/\1/p')
		printf '{"id":"d_1","method":"%s","params":%s}\n' "$method" "$params"
		;;
	*'"id":"d_1"'*)
		printf '{"id":"%s","success":true,"result":%s}\n' "$asked" "$line"
		;;
	*)
		printf '{"id":"%s","success":false,"error":"unknown"}\n' "$id"
		;;
	esac
done
